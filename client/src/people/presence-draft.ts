import type { MemberView } from '@palmares/shared/people/member';
import type { Half } from '@palmares/shared/people/presence';
import { dayAfter, lastDay } from '../format/date';
import { halfAfter, lastHalf } from './half-day';
import type { PresenceSent } from './people.api';

/** Presence as it is typed: included last days, and rates in per cent. */
export interface PresenceDraft {
  enteredOn: string | null;
  lastDay: string | null;
  workRates: { from: string | null; percent: string | null }[];
  absences: { from: string | null; fromHalf: Half; to: string | null; toHalf: Half }[];
}

/** `"0.8"` → `"80"`, without the errors of floating point. */
const percentOf = (rate: string) => String(Math.round(Number(rate) * 10_000) / 100);

export function draftOf(presence: NonNullable<MemberView['presence']>): PresenceDraft {
  return {
    enteredOn: presence.enteredOn,
    lastDay: presence.leftOn && lastDay(presence.leftOn),
    workRates: presence.workRates.map(({ from, rate }) => ({ from, percent: percentOf(rate) })),
    absences: presence.absences.map(({ from, fromHalf, to, toHalf }) => {
      const last = lastHalf({ day: to, half: toHalf });
      return { from, fromHalf, to: last.day, toHalf: last.half };
    }),
  };
}

/** What is sent; lines that were left without a day are left out. */
export function presenceOf(draft: PresenceDraft): PresenceSent {
  return {
    enteredOn: draft.enteredOn || null,
    leftOn: dayAfter(draft.lastDay),
    workRates: draft.workRates.map(({ from, percent }) => ({
      from: from || null,
      rate: String(Math.round(Number(percent || 100) * 100) / 10_000),
    })),
    absences: draft.absences.flatMap(({ from, fromHalf, to, toHalf }) => {
      if (!from) return [];
      const back = halfAfter({ day: to || from, half: toHalf });
      return [{ from, fromHalf, to: back.day, toHalf: back.half }];
    }),
  };
}
