import type { Activity } from '../../activity/activity.js';

/** What one activity, or one day of one member, adds to a measure. Both are scaled integers. */
export interface Values {
  count: number;
  sum: number;
}

/**
 * How activities become numbers. `contribute` is pure: what one matching activity adds to its
 * member's day; `sql` is the same over a set of rows, for back-fill and the cockpit.
 */
export interface Aggregation {
  contribute(activity: Activity): Values;
  sql: { count: string; sum: string };
}
