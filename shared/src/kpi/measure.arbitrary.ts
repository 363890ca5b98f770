import fc from 'fast-check';
import { compareOccurrence, type Activity } from '../activity/activity.js';
import { someDays, someTypes } from '../activity/activity.arbitrary.js';
import { SCALE } from '../quantity/scaled.js';
import type { Day } from '../time/day.js';
import type { Contribution, Values } from './aggregations/aggregation.js';
import { aggregations } from './aggregations/registry.js';
import { aggregationNames, typesOf, type AggregationName, type Measure } from './measure.js';

const [sold, , opened, asked] = someTypes;
const windows = [
  { from: '2026-03-01', to: '2026-04-01' },
  { from: '2026-02-28', to: '2026-03-02' },
  { from: '2026-02-01', to: '2026-05-01' },
];

const any = {
  types: fc.constantFrom([sold], [sold, asked], [opened, 'sale.refunded'], [...someTypes]),
  filters: fc.constantFrom(
    {},
    {},
    { region: ['West'] },
    { product: ['A'] },
    { product: ['A', 'B'], customer: ['ana'] },
    { region: [] },
  ),
  of: fc.constantFrom(undefined, 'amount', 'quantity', 'cost', 'products'),
  priced: fc.constantFrom(undefined, undefined, true as const),
  step: fc.constantFrom(undefined, undefined, 3 * SCALE, 25_000),
  distinct: fc.constantFrom(undefined, 'customer', 'item'),
  link: fc.constantFrom(undefined, 'customer', 'item'),
  to: fc.constantFrom([sold], [sold, 'sale.refunded']),
  withinDays: fc.constantFrom(undefined, 0, 1, 30),
  since: fc.constantFrom(undefined, [opened], [opened, asked]),
  band: fc.constantFrom(undefined, { atLeast: 9 * SCALE }, { atLeast: 1, atMost: 9 * SCALE }),
  window: fc.constantFrom(...windows),
  before: fc.constantFrom(undefined, ...someDays.slice(0, 3)),
} as const;

/** Which of its possible settings an aggregation knows. */
const settings: Partial<Record<AggregationName, readonly (keyof typeof any)[]>> = {
  sum: ['of', 'priced', 'step'],
  mean: ['of', 'priced'],
  min: ['of', 'priced'],
  max: ['of', 'priced'],
  latest: ['of', 'priced'],
  distinct: ['distinct', 'window'],
  'latest-per-respondent': ['band', 'window'],
  'retained-customers': ['window', 'before'],
  'cohort-conversion': ['link', 'to', 'withinDays'],
  duration: ['since'],
  'repeat-customers': ['window'],
  open: ['of', 'to', 'window'],
};

/** Any measure of an aggregation, with the settings that mean something to it. */
export function anyMeasureOf(aggregation: AggregationName): fc.Arbitrary<Measure> {
  const own = (settings[aggregation] ?? []).map((name) => [name, any[name]] as const);
  const { types, filters } = any;
  const all = { types, filters, ...Object.fromEntries(own) } as Record<
    string,
    fc.Arbitrary<unknown>
  >;
  return fc.record(all).map((values) => {
    const said = Object.entries(values).filter(([, value]) => value !== undefined);
    return { aggregation, ...Object.fromEntries(said) } as Measure;
  });
}

export const anyMeasure = fc.oneof(...aggregationNames.map(anyMeasureOf));

/** How a measure's activities, in business order, fall into what must be looked at together. */
export function groupsOf(measure: Measure, activities: readonly Activity[]): Activity[][] {
  const key = aggregations[measure.aggregation].key(measure);
  const types = typesOf(measure);
  const found = new Map<string, Activity[]>();
  for (const activity of activities.toSorted(compareOccurrence)) {
    if (!types.includes(activity.type)) continue;
    const { source, externalId, occurredOn } = activity;
    const own = { activity: `${source} ${externalId}`, 'member-day': occurredOn };
    const name = key === 'activity' || key === 'member-day' ? own[key] : activity[key];
    if (name !== null) found.set(name, [...(found.get(name) ?? []), activity]);
  }
  return [...found.values()];
}

/** Every contribution of some activities that count, all looked at at once. */
export const contributionsOf = (
  measure: Measure,
  activities: readonly Activity[],
): Contribution[] =>
  groupsOf(measure, activities).flatMap((group) =>
    aggregations[measure.aggregation].contribute(measure, group),
  );

/** Daily totals as `member day` → values, without those that are nothing. */
export function plainTotals(
  measure: Measure,
  activities: readonly Activity[],
): Record<string, Values> {
  const found: Record<string, Values> = {};
  for (const { memberId, day, count, sum } of contributionsOf(measure, activities)) {
    const at = `${memberId} ${day}`;
    const before = found[at] ?? { count: 0, sum: 0 };
    found[at] = { count: before.count + count, sum: before.sum + sum };
  }
  return withoutNothing(found);
}

export function withoutNothing(totals: Record<string, Values>): Record<string, Values> {
  const something = Object.entries(totals).filter(([, { count, sum }]) => count !== 0 || sum !== 0);
  return Object.fromEntries(something.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What one list of activities, already in business order, gives; for worked examples. */
export const given = (measure: Measure, ...activities: Activity[]) =>
  contributionsOf(measure, activities).map(
    ({ memberId, day, count, sum }): [string, Day, number, number] => [
      memberId,
      day,
      count / SCALE,
      sum / SCALE,
    ],
  );
