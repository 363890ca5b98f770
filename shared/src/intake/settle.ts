import { identityOf, type Activity } from '../activity/activity.js';
import { aggregations } from '../kpi/aggregations/registry.js';
import type { Values } from '../kpi/aggregations/aggregation.js';
import { matches, type Measure } from '../kpi/measure.js';
import { addChecked } from '../quantity/scaled.js';
import type { Day } from '../time/day.js';

/** A batch item with the hash of its content. */
export interface Arrival {
  activity: Activity;
  hash: string;
}

/** The revision of an activity that counts at present. */
export interface Current {
  activity: Activity;
  hash: string;
  revision: number;
}

/** A new revision to append; `superseded` when a later item of the same batch replaces it. */
export interface Revision extends Current {
  superseded: boolean;
}

/** Daily totals to add: measure text → member → day → what is added. */
export type DayChanges = Map<string, Map<string, Map<Day, Values>>>;

/** What became of one arrival. */
export type Outcome = 'recorded' | 'revised' | 'unchanged';

export interface Settlement {
  /** One for each arrival, in order. */
  outcomes: Outcome[];
  appended: Revision[];
  /** Revisions stored before that stop counting. */
  superseded: Current[];
  changes: DayChanges;
}

/**
 * Decides a whole batch: what is new, what revises, what is known, and what the daily totals of
 * the kept measures gain and lose by it. Pure; items are taken in order.
 * @param stored current revisions of the batch's identities
 * @param measures the kept measures, by text
 * @throws RangeError when a day's total leaves the safe range
 */
export function settle(
  arrivals: readonly Arrival[],
  stored: ReadonlyMap<string, Current>,
  measures: ReadonlyMap<string, Measure>,
): Settlement {
  const result: Settlement = { outcomes: [], appended: [], superseded: [], changes: new Map() };
  const appended = new Map<string, Revision>();
  for (const { activity, hash } of arrivals) {
    const identity = identityOf(activity);
    const earlier = appended.get(identity);
    const current = earlier ?? stored.get(identity);
    if (current?.hash === hash) {
      result.outcomes.push('unchanged');
      continue;
    }
    if (earlier) earlier.superseded = true;
    else if (current) result.superseded.push(current);
    result.outcomes.push(current ? 'revised' : 'recorded');
    const revision = (current?.revision ?? 0) + 1;
    const next: Revision = { activity, hash, revision, superseded: false };
    result.appended.push(next);
    appended.set(identity, next);
    if (current) contribute(result.changes, measures, current.activity, -1);
    contribute(result.changes, measures, activity, 1);
  }
  return result;
}

function contribute(
  changes: DayChanges,
  measures: ReadonlyMap<string, Measure>,
  activity: Activity,
  sign: 1 | -1,
): void {
  const { memberId, occurredOn } = activity;
  if (memberId === null) return;
  for (const [text, measure] of measures) {
    if (!matches(measure, activity)) continue;
    const values = aggregations[measure.aggregation].contribute(activity);
    const day = dayOf(changes, text, memberId, occurredOn);
    day.count = addChecked(day.count, sign * values.count);
    day.sum = addChecked(day.sum, sign * values.sum);
  }
}

function dayOf(changes: DayChanges, measure: string, member: string, day: Day): Values {
  let members = changes.get(measure);
  if (!members) changes.set(measure, (members = new Map()));
  let days = members.get(member);
  if (!days) members.set(member, (days = new Map()));
  let values = days.get(day);
  if (!values) days.set(day, (values = { count: 0, sum: 0 }));
  return values;
}
