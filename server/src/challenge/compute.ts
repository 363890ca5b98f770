import { bonusesOf, passOf, type Pass } from '@palmares/shared/challenge/score';
import type { Tx } from '../platform/database.js';
import type { ScoreRow } from './score.store.js';
import { factsOf, rowOf, type RunningChallenge } from './scoring.js';
import { subjectTotals, type TotalsReader } from './subject-totals.js';

/** Subjects whose daily totals are in memory together while a challenge is scored anew. */
const AT_ONCE = 1_000;
const TEAMS_AT_ONCE = 20;

export const stepOf = ({ lineup }: RunningChallenge) => (lineup ? TEAMS_AT_ONCE : AT_ONCE);

/** Scores subjects from daily totals; where places are given they must be everybody. */
export async function computeScores(
  reader: TotalsReader,
  tx: Tx,
  organisationId: string,
  challenge: RunningChallenge,
  subjectIds: readonly string[],
): Promise<ScoreRow[]> {
  const { compiled } = challenge;
  const passes = new Map<string, Pass>();
  const step = stepOf(challenge);
  for (let from = 0; from < subjectIds.length; from += step) {
    const some = subjectIds.slice(from, from + step);
    const totals = await subjectTotals(reader, tx, organisationId, challenge, some);
    for (const id of some) {
      const facts = factsOf(challenge, id, (measure) => totals(id, measure));
      passes.set(id, passOf(compiled, facts));
    }
  }
  const bonuses = bonusesOf(compiled, passes);
  return [...passes].map(([id, pass]) => rowOf(challenge, id, pass, bonuses.get(id)));
}
