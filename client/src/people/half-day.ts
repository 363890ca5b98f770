import type { Half } from '@palmares/shared/people/presence';
import { dayAfter, lastDay } from '../format/date';

export interface HalfDay {
  day: string;
  half: Half;
}

/** The last half-day away, for somebody who is back at one: screens show what is included. */
export const lastHalf = ({ day, half }: HalfDay): HalfDay =>
  half === 'pm' ? { day, half: 'am' } : { day: lastDay(day), half: 'pm' };

/** The first half-day back, after a last one away: what the API is told. */
export const halfAfter = ({ day, half }: HalfDay): HalfDay =>
  half === 'am' ? { day, half: 'pm' } : { day: dayAfter(day) ?? day, half: 'am' };
