import type { ChallengeDefinition } from '@palmares/shared/challenge/challenge';
import { ruleTypeOf } from '@palmares/shared/challenge/rules/registry';
import { ProblemError } from '../http/problem-error.js';
import type { FrozenNumbers } from './frozen.service.js';
import { frozenKey } from './scoring.js';

/** A rule on targets that nobody has would rank nobody. Problems: `target-missing`. */
export function refuseWithoutTargets(
  { rules }: ChallengeDefinition,
  subjectIds: readonly string[],
  frozen: FrozenNumbers,
): void {
  const errors = rules.flatMap((rule, index) => {
    if (ruleTypeOf(rule).freezes !== 'target') return [];
    if (subjectIds.some((id) => frozen.has(frozenKey(index, id)))) return [];
    return [{ pointer: `/rules/${index}/kpi`, detail: `nobody has a target for ${rule.kpi}` }];
  });
  if (errors.length > 0) throw new ProblemError('target-missing', undefined, errors);
}
