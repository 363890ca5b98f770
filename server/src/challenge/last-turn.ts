import { seqAt } from '../people/sequence.js';
import type { Tx } from '../platform/database.js';
import type { ChallengeRow } from './challenge.store.js';

/** The last turn in which the scores of a challenge could move. */
export async function lastTurn(
  tx: Tx,
  organisationId: string,
  { certifiedSeq, cancelledAt }: Pick<ChallengeRow, 'certifiedSeq' | 'cancelledAt'>,
  now: number,
): Promise<number> {
  if (certifiedSeq !== null) return certifiedSeq;
  return cancelledAt ? seqAt(tx, organisationId, cancelledAt) : now;
}
