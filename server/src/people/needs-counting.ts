import type { SignatureFault, Verdict } from '@palmares/shared/challenge/signature';
import { ProblemError } from '../http/problem-error.js';

const DETAILS: Record<SignatureFault, string> = {
  key: 'a key signs only where nothing is paid',
  gains: 'the signer may be paid by it',
  author: 'the signer is an author of it',
  'account-from-gainer': 'the account or the way in of the signer comes from somebody who gains',
  'role-from-gainer': 'the role of the signer comes from somebody who gains',
  'no-signer': 'the signer is neither HR nor admin, and manages no team concerned',
  'not-your-turn': 'others are asked before the signer',
};

/** Problems: `signature-does-not-count`, with the reason as the code of its only fault. */
export function needCounting(verdict: Verdict): void {
  if (verdict.counts) return;
  const detail = DETAILS[verdict.why];
  throw new ProblemError('signature-does-not-count', detail, [{ code: verdict.why, detail }]);
}
