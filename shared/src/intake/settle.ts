import { compareOccurrence, identityOf, type Activity } from '../activity/activity.js';
import { creditsOf, type Credit, type Credits } from '../activity/credit.js';
import type { DayChanges, Key, Values } from '../kpi/aggregations/aggregation.js';
import { aggregations } from '../kpi/aggregations/registry.js';
import { typesOf, type Measure } from '../kpi/measure.js';
import { addChecked } from '../quantity/scaled.js';
import type { Day } from '../time/day.js';
import type { Transition } from './decide.js';

/** Activities that are not part of the batch but share a key with one that is. */
export type Neighbours = (measure: string, key: string) => readonly Activity[];

/** Told of each touched key, with all its activities after the batch, in business order. */
export type Settled = (measure: string, key: string, after: Activity[]) => void;

/** The keys of a measure that a batch touches; their neighbours have to be read. */
export interface Touched {
  measure: Measure;
  key: Exclude<Key, 'activity'>;
  /** Each with how many activities of the batch it has. */
  keys: Map<string, number>;
}

/** The key of an activity for an aggregation; undefined where it has none. */
function keysOf(kind: Key, activity: Activity): string[] {
  if (kind === 'activity') return [identityOf(activity)];
  if (kind !== 'member-day') return activity[kind] === null ? [] : [activity[kind]];
  return activity.shares.map(({ memberId }) => memberDayKey(memberId, activity));
}

/** The key of a member's activities on one day. */
export const memberDayKey = (
  memberId: string,
  { occurredOn }: Pick<Activity, 'occurredOn'>,
): string => `${memberId} ${occurredOn}`;

function sides({ before, after }: Transition): Activity[] {
  return [before, after].filter((activity) => activity !== null);
}

/** For each measure that needs neighbours: which keys to read them for. */
export function touchedKeys(
  transitions: readonly Transition[],
  measures: ReadonlyMap<string, Measure>,
): Map<string, Touched> {
  const touched = new Map<string, Touched>();
  for (const [text, measure] of measures) {
    const key = aggregations[measure.aggregation].key(measure);
    if (key === 'activity') continue;
    const types = new Set(typesOf(measure));
    const keys = new Map<string, number>();
    for (const transition of transitions) {
      const own = sides(transition)
        .filter(({ type }) => types.has(type))
        .flatMap((activity) => keysOf(key, activity));
      for (const one of new Set(own)) keys.set(one, (keys.get(one) ?? 0) + 1);
    }
    if (keys.size > 0) touched.set(text, { measure, key, keys });
  }
  return touched;
}

/**
 * What the daily totals of the kept measures gain and lose by a batch: for each key it touches,
 * what the key's activities gave before is taken off and what they give after is added.
 * @param settled is told what each key looks like afterwards
 * @throws RangeError when a day's total leaves the safe range
 */
export function settle(
  transitions: readonly Transition[],
  measures: ReadonlyMap<string, Measure>,
  neighbours: Neighbours,
  settled?: Settled,
): DayChanges {
  const changes: DayChanges = new Map();
  const credits = rememberedCredits();
  for (const [text, measure] of measures) {
    const key = aggregations[measure.aggregation].key(measure);
    const types = new Set(typesOf(measure));
    if (key === 'activity') {
      for (const { before, after } of transitions) {
        if (before && types.has(before.type)) add(changes, text, measure, [before], -1, credits);
        if (after && types.has(after.type)) add(changes, text, measure, [after], 1, credits);
      }
      continue;
    }
    for (const [name, { before, after }] of grouped(key, types, transitions)) {
      const others = neighbours(text, name);
      // What is shared gives the other member's day something too, which has a key of its own.
      const only = key === 'member-day' ? name.split(' ')[0] : undefined;
      const present = [...others, ...after].toSorted(compareOccurrence);
      add(
        changes,
        text,
        measure,
        [...others, ...before].toSorted(compareOccurrence),
        -1,
        credits,
        only,
      );
      add(changes, text, measure, present, 1, credits, only);
      settled?.(text, name, present);
    }
  }
  return changes;
}

/** Several measures ask for the same credits. */
function rememberedCredits(): Credits {
  const known = new Map<Activity, Credit[]>();
  return (activity, products) => {
    if (products) return creditsOf(activity, products);
    let found = known.get(activity);
    if (!found) known.set(activity, (found = creditsOf(activity)));
    return found;
  };
}

function grouped(key: Key, types: ReadonlySet<string>, transitions: readonly Transition[]) {
  const groups = new Map<string, { before: Activity[]; after: Activity[] }>();
  for (const transition of transitions) {
    for (const side of ['before', 'after'] as const) {
      const activity = transition[side];
      if (!activity || !types.has(activity.type)) continue;
      for (const name of keysOf(key, activity)) {
        let group = groups.get(name);
        if (!group) groups.set(name, (group = { before: [], after: [] }));
        group[side].push(activity);
      }
    }
  }
  return groups;
}

function add(
  changes: DayChanges,
  text: string,
  measure: Measure,
  activities: readonly Activity[],
  sign: 1 | -1,
  credits: Credits,
  only?: string,
): void {
  if (activities.length === 0) return;
  const given = aggregations[measure.aggregation].contribute(measure, activities, credits);
  for (const { memberId, day, count, sum } of given) {
    if (only !== undefined && memberId !== only) continue;
    const values = valuesAt(changes, text, memberId, day);
    values.count = addChecked(values.count, sign * count);
    values.sum = addChecked(values.sum, sign * sum);
  }
}

function valuesAt(changes: DayChanges, measure: string, member: string, day: Day): Values {
  let members = changes.get(measure);
  if (!members) changes.set(measure, (members = new Map()));
  let days = members.get(member);
  if (!days) members.set(member, (days = new Map()));
  let values = days.get(day);
  if (!values) days.set(day, (values = { count: 0, sum: 0 }));
  return values;
}
