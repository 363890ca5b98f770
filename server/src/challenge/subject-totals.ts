import { composedTotals } from '@palmares/shared/challenge/lineup';
import type { MeasureService, Totals } from '../kpi/measure.service.js';
import type { Tx } from '../platform/database.js';
import type { RunningChallenge } from './scoring.js';

/** Where the daily totals of members come from. */
export type TotalsReader = Pick<MeasureService, 'totals'>;

/** Daily totals of subjects within the window: their own, or those they are composed of. */
export async function subjectTotals(
  service: TotalsReader,
  tx: Tx,
  organisationId: string,
  { compiled, lineup, attendance }: Pick<RunningChallenge, 'compiled' | 'lineup' | 'attendance'>,
  subjectIds: readonly string[],
): Promise<Totals> {
  const { measures } = compiled;
  const texts = measures.keys();
  const composition = lineup ?? attendance;
  if (!composition) return service.totals(tx, organisationId, compiled, texts, subjectIds);
  const stretches = subjectIds.flatMap((id) => composition.membersOf(id));
  const memberIds = [...new Set(stretches.map(({ memberId }) => memberId))];
  const own = await service.totals(tx, organisationId, compiled, texts, memberIds);
  const composed = new Map(
    subjectIds.map((id) => [id, composedTotals(composition, id, measures, own)]),
  );
  return (subjectId, measure) => composed.get(subjectId)?.get(measure);
}
