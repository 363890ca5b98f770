import { identityOf, type Activity } from '../activity/activity.js';
import type { Values } from './aggregations/aggregation.js';
import { aggregations } from './aggregations/registry.js';
import { matches, type Measure } from './measure.js';
import type { Day } from '../time/day.js';

/** True for what can be behind what a member has of a measure: of its kind, and in the member’s hands. */
export const isBehind = (measure: Measure, memberId: string, activity: Activity): boolean =>
  matches(measure, activity) && activity.shares.some((share) => share.memberId === memberId);

/**
 * What single activities give to a member: the leaves under a measure, which add up to each of its
 * days. Where several activities have to be looked at together, each gives what there is on its day
 * with it and not without it; of those of one day the one that decides comes first: the earliest,
 * the latest or the largest, as the aggregation has it, and every other one gives nothing more.
 * @param together the activities of one key that count, in business order
 * @param wanted identities of those that are asked for
 */
export function leavesOf(
  measure: Measure,
  memberId: string,
  together: readonly Activity[],
  wanted: ReadonlySet<string>,
): Map<string, Values> {
  const byDay = new Map<Day, Activity[]>();
  for (const activity of together) {
    if (!isBehind(measure, memberId, activity)) continue;
    const known = byDay.get(activity.occurredOn);
    if (known) known.push(activity);
    else byDay.set(activity.occurredOn, [activity]);
  }
  const found = new Map<string, Values>();
  for (const own of byDay.values()) {
    if (!own.some((activity) => wanted.has(identityOf(activity)))) continue;
    const inOrder = decidingFirst(measure, memberId, own);
    inOrder.forEach((activity, index) => {
      const identity = identityOf(activity);
      if (!wanted.has(identity)) return;
      const [before, after] = [index, index + 1].map((first) => {
        const left = new Set(inOrder.slice(first));
        const present = together.filter((one) => !left.has(one));
        return givenOn(measure, memberId, present, activity);
      }) as [Values, Values];
      found.set(identity, { count: after.count - before.count, sum: after.sum - before.sum });
    });
  }
  return found;
}

/** What activities give to a member on the day of one of them. */
function givenOn(
  measure: Measure,
  memberId: string,
  activities: readonly Activity[],
  { occurredOn }: Activity,
): Values {
  const given = { count: 0, sum: 0 };
  for (const one of aggregations[measure.aggregation].contribute(measure, activities)) {
    if (one.memberId !== memberId || one.day !== occurredOn) continue;
    given.count += one.count;
    given.sum += one.sum;
  }
  return given;
}

function decidingFirst(
  measure: Measure,
  memberId: string,
  own: readonly Activity[],
): readonly Activity[] {
  const { combine, take, stock } = aggregations[measure.aggregation];
  if (take === 'last' || combine === 'last' || stock) return own.toReversed();
  if (combine !== 'max' && combine !== 'min') return own;
  const sign = combine === 'max' ? -1 : 1;
  const valueOf = (activity: Activity) => givenOn(measure, memberId, [activity], activity);
  return own
    .map((activity) => ({ activity, value: valueOf(activity) }))
    .toSorted((a, b) => {
      // What says no number gives nothing, wherever it stands.
      return (
        Number(a.value.count === 0) - Number(b.value.count === 0) ||
        sign * (a.value.sum - b.value.sum)
      );
    })
    .map(({ activity }) => activity);
}
