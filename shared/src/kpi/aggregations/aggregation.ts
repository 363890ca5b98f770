import type { Activity } from '../../activity/activity.js';
import type { Credits } from '../../activity/credit.js';
import type { Day } from '../../time/day.js';
import type { Window } from '../../time/period.js';
import type { Measure } from '../measure.js';

/** What one day of one member has of a measure. Both are scaled integers. */
export interface Values {
  count: number;
  sum: number;
}

/** What daily totals gain: measure text → member → day → what is added. */
export type DayChanges = Map<string, Map<string, Map<Day, Values>>>;

/** What the activities of one key give to one member on one day. */
export interface Contribution extends Values {
  memberId: string;
  day: Day;
}

/**
 * Which activities must be looked at together to know what one of them gives: itself alone, those
 * of its item, of its customer, or of the same member, type and day.
 */
export type Key = 'activity' | 'item' | 'customer' | 'member-day';

/** Which of a key's activities suffice; keeps the cost of a long history flat. */
export type Take = 'all' | 'first' | 'last' | 'first-per-member';

/** From and up to which day, all of them where none is named; `fresh`: of keys with none earlier. */
export interface Reach {
  from?: Day;
  to?: Day;
  fresh?: true;
}

/** Puts a value into a statement and answers its placeholder. */
export type Bind = (value: unknown) => string;

/**
 * How activities become numbers; to add one, write such an object in a file of its own and name it
 * in the registry. `contribute` is pure and the truth. `sql` says the same over the relation
 * `credit` (one row per activity and share: type, item, customer, day, at, opened_on, source,
 * external_id, member_id, weight, answer, passes, and of amount, quantity and cost the one that
 * `fieldOf` names) as rows of (member_id, day, count, sum); a law holds the two together.
 */
export interface Aggregation {
  key(measure: Measure): Key;
  take: Take;
  /** How a window's days make one value. */
  combine: 'sum' | 'mean' | 'min' | 'max' | 'last';
  /** True when what counts depends on the window, so that each window keeps totals of its own. */
  windowed: boolean;
  /** True for what there is at the end of a window, whenever it began. */
  stock?: true;
  /** What a formula reads: the sum, or the sum over the count. */
  reads: 'sum' | 'ratio';
  /** True when a team has what its members have, added up: then nobody is counted as different. */
  additive: boolean;
  /** The activities that must be known to know what a window has. */
  reach(measure: Measure, window: Window): Reach;
  /**
   * @param activities of one key that count, of the measure's types and stages, in business order
   * @param credits who is credited: each member, or whom a breakdown shows in their place
   */
  contribute(measure: Measure, activities: readonly Activity[], credits?: Credits): Contribution[];
  sql(measure: Measure, bind: Bind): string;
  /**
   * What one row of `credit` that passes gives to the sum (to the count it gives its weight), and
   * which rows give; undefined where rows must be looked at together.
   */
  each?: (measure: Measure) => Each | undefined;
}

export interface Each {
  sum: string;
  where?: string;
}

/** The days of members, where each row of `credit` gives something by itself. */
export const daysOf = ({ sum, where }: Each): string => `select member_id, day,
    sum(weight) as count, coalesce(sum(${sum}), 0) as sum
  from credit where passes ${where ? `and ${where}` : ''} group by member_id, day`;

/** Business order within `credit`, as `compareOccurrence` has it. */
export const ORDER = 'day, at nulls first, source collate "C", external_id collate "C"';

/** Only the days of the window itself. */
export const itself = (_measure: Measure, window: Window) => window;

/** The same, the last first. */
export const LATEST =
  'day desc, at desc nulls last, source collate "C" desc, external_id collate "C" desc';

/** True when the day lies in the measure's window, or the measure has none. */
export function inWindow(measure: Measure, day: Day): boolean {
  const { window } = measure;
  return !window || (day >= window.from && day < window.to);
}

/** The same as a condition on `credit`. */
export function windowSql({ window }: Measure, bind: Bind): string {
  if (!window) return 'true';
  return `day >= ${bind(window.from)}::date and day < ${bind(window.to)}::date`;
}
