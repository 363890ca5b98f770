import { addDays } from '@palmares/shared/time/day';
import type { LotView } from './points.api';

/** Points that are to be used by the same day. */
export interface Expiry {
  /** the last day on which they are there; null: they stay */
  usableUntil: string | null;
  points: number;
}

/** What is left by the day until which it can be used, the earliest first. */
export function expiriesOf(lots: readonly LotView[]): Expiry[] {
  const byDay = new Map<string | null, number>();
  for (const { expiresOn, available, pending } of lots) {
    const day = expiresOn === null ? null : addDays(expiresOn, -1);
    byDay.set(day, (byDay.get(day) ?? 0) + available + pending);
  }
  return [...byDay]
    .filter(([, points]) => points > 0)
    .map(([usableUntil, points]) => ({ usableUntil, points }))
    .toSorted((a, b) => {
      if (a.usableUntil === null || b.usableUntil === null) return a.usableUntil === null ? 1 : -1;
      return a.usableUntil < b.usableUntil ? -1 : 1;
    });
}
