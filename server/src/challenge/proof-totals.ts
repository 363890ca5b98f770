import type { CompiledChallenge } from '@palmares/shared/challenge/compile';
import type { DayChanges, Values } from '@palmares/shared/kpi/aggregations/aggregation';
import type { Day } from '@palmares/shared/time/day';
import type { MeasureService } from '../kpi/measure.service.js';
import type { TotalsReader } from './subject-totals.js';

/** Daily totals made again of the activities that counted at a `seq`. */
export function totalsAt(
  service: MeasureService,
  { measures }: CompiledChallenge,
  asOf: number,
): TotalsReader {
  return {
    totals: (tx, organisationId, window, texts, memberIds) => {
      const wanted = new Set(texts);
      const some = new Map([...measures].filter(([text]) => wanted.has(text)));
      const [memberId] = memberIds.length === 1 && memberIds !== 'all' ? memberIds : [];
      return service.replay(tx, organisationId, some, { asOf, window, memberId });
    },
  };
}

/** Daily totals as they would be with some changes. */
export function totalsWith(service: TotalsReader, changes: DayChanges): TotalsReader {
  return {
    totals: async (tx, ...asked) => {
      const kept = await service.totals(tx, ...asked);
      return (memberId, text) => {
        const gained = changes.get(text)?.get(memberId);
        return gained ? changed(kept(memberId, text), gained) : kept(memberId, text);
      };
    },
  };
}

function changed(
  kept: ReadonlyMap<Day, Values> | undefined,
  gained: ReadonlyMap<Day, Values>,
): Map<Day, Values> {
  const days = new Map(kept);
  for (const [day, { count, sum }] of gained) {
    const before = days.get(day) ?? { count: 0, sum: 0 };
    days.set(day, { count: before.count + count, sum: before.sum + sum });
  }
  return days;
}
