import { teamTotals } from '@palmares/shared/challenge/lineup';
import type { MeasureService, Totals } from '../kpi/measure.service.js';
import type { Tx } from '../platform/database.js';
import type { RunningChallenge } from './scoring.js';

/** Daily totals of subjects within the window: their own, or for teams those of who is in them. */
export async function subjectTotals(
  service: MeasureService,
  tx: Tx,
  organisationId: string,
  { compiled, lineup }: Pick<RunningChallenge, 'compiled' | 'lineup'>,
  subjectIds: readonly string[],
): Promise<Totals> {
  const { measures } = compiled;
  if (!lineup) return service.totals(tx, organisationId, compiled, measures.keys(), subjectIds);
  const stretches = subjectIds.flatMap((id) => lineup.membersOf(id));
  const memberIds = [...new Set(stretches.map(({ memberId }) => memberId))];
  const own = await service.totals(tx, organisationId, compiled, measures.keys(), memberIds);
  const teams = new Map(subjectIds.map((id) => [id, teamTotals(lineup, id, measures, own)]));
  return (teamId, measure) => teams.get(teamId)?.get(measure);
}
