import { teamTotals } from '@palmares/shared/challenge/lineup';
import type { MeasureService, Totals } from '../kpi/measure.service.js';
import type { Tx } from '../platform/database.js';
import type { RunningChallenge } from './scoring.js';

/** Where the daily totals of members come from. */
export type TotalsReader = Pick<MeasureService, 'totals'>;

/** Daily totals of subjects within the window: their own, or for teams those of who is in them. */
export async function subjectTotals(
  service: TotalsReader,
  tx: Tx,
  organisationId: string,
  { compiled, lineup }: Pick<RunningChallenge, 'compiled' | 'lineup'>,
  subjectIds: readonly string[],
): Promise<Totals> {
  const { measures } = compiled;
  const texts = measures.keys();
  if (!lineup) return service.totals(tx, organisationId, compiled, texts, subjectIds);
  const stretches = subjectIds.flatMap((id) => lineup.membersOf(id));
  const memberIds = [...new Set(stretches.map(({ memberId }) => memberId))];
  const own = await service.totals(tx, organisationId, compiled, texts, memberIds);
  const teams = new Map(subjectIds.map((id) => [id, teamTotals(lineup, id, measures, own)]));
  return (teamId, measure) => teams.get(teamId)?.get(measure);
}
