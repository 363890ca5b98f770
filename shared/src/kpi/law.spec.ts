import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyActivities, someMembers } from '../activity/activity.arbitrary.js';
import { compareOccurrence, type Activity } from '../activity/activity.js';
import { SCALE } from '../quantity/scaled.js';
import { aggregations } from './aggregations/registry.js';
import { inWindow } from './aggregations/aggregation.js';
import { anyMeasure, anyMeasureOf, contributionsOf } from './measure.arbitrary.js';
import { matches, typesOf, type Measure } from './measure.js';

const numRuns = 10_000;

/** The same, done by one person. */
const byOne = (activity: Activity): Activity => {
  const alone = [{ memberId: someMembers[0], weight: SCALE }];
  return { ...activity, shares: activity.shares.length === 0 ? [] : alone };
};

describe('law 8, proof: a team is the sum of its members, to the last unit, for', () => {
  it.each(['count', 'sum', 'mean', 'duration', 'cohort-conversion'] as const)('%s', (name) => {
    const whole = (measure: Measure, activities: readonly Activity[]) => {
      const parts = contributionsOf(measure, activities);
      return (['count', 'sum'] as const).map((field) =>
        parts.reduce((total, part) => total + part[field], 0),
      );
    };
    fc.assert(
      fc.property(anyMeasureOf(name), anyActivities(8), (measure, all) => {
        expect(whole(measure, all)).toEqual(whole(measure, all.map(byOne)));
      }),
      { numRuns },
    );
  });
});

describe('what an aggregation says it takes', () => {
  /** What a store may read of a key instead of everything. */
  function taken(measure: Measure, all: readonly Activity[]): readonly Activity[] {
    const { take } = aggregations[measure.aggregation];
    const own = all.filter((one) => matches(measure, one) && inWindow(measure, one.occurredOn));
    if (take === 'all') return all;
    if (take === 'first') return all.slice(0, 1);
    if (take === 'last') return own.slice(-1);
    return own.filter((one, at) => {
      const earlier = own.slice(0, at).flatMap(({ shares }) => shares);
      return one.shares.some(({ memberId }) => !earlier.some((it) => it.memberId === memberId));
    });
  }

  it('gives the same as everything', () => {
    fc.assert(
      fc.property(anyMeasure, anyActivities(8), (measure, any) => {
        const aggregation = aggregations[measure.aggregation];
        const all = any
          .filter(({ type }) => typesOf(measure).includes(type))
          .map((one) => ({ ...one, item: 'deal', customer: 'ana' }))
          .toSorted(compareOccurrence);
        const some = aggregation.contribute(measure, taken(measure, all));
        expect(some).toEqual(aggregation.contribute(measure, all));
      }),
      { numRuns },
    );
  });
});

describe('whatever the activities, an aggregation', () => {
  it('gives whole numbers, never less than nothing, to members who took part, on their days', () => {
    fc.assert(
      fc.property(anyMeasure, anyActivities(8), (measure, all) => {
        for (const { memberId, day, count, sum } of contributionsOf(measure, all)) {
          const there = all.some(
            ({ shares, occurredOn }) =>
              occurredOn === day && shares.some((one) => one.memberId === memberId),
          );
          const whole = Number.isSafeInteger(count) && Number.isSafeInteger(sum);
          if (!there || !whole || count <= 0 || sum < 0)
            expect({ memberId, day, count, sum }).toBeUndefined();
        }
      }),
      { numRuns },
    );
  });
});
