import { describe, expect, it } from '@jest/globals';
import { isoWeekday } from '@palmares/shared/people/presence';
import { challengesOf } from '@palmares/server/demo/demo-challenges';
import { rosterOf } from '@palmares/server/demo/demo-roster';
import { yearOf } from '@palmares/server/demo/demo-year';

const plan = { seed: 7, reps: 10, weeks: 30, day: '2026-10-14' };
const noon = { day: plan.day, now: new Date('2026-10-14T10:00:00Z') };
const entries = yearOf(plan, noon);
const textOf = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one));

describe('the year of the demo', () => {
  it('is the same for the same seed and day, and another for another', () => {
    expect(yearOf(plan, noon)).toEqual(entries);
    expect(rosterOf(plan)).toEqual(rosterOf(plan));
    expect(challengesOf(plan)).toEqual(challengesOf(plan));
    expect(yearOf({ ...plan, seed: 8 }, noon)).not.toEqual(entries);
  });

  it('only gains what comes after when it is told later', () => {
    const later = yearOf(plan, { day: '2026-10-20', now: new Date('2026-10-20T18:00:00Z') });
    const all = new Set(textOf(later));
    expect(later.length).toBeGreaterThan(entries.length);
    expect(textOf(entries).filter((entry) => !all.has(entry))).toEqual([]);
  });

  it('is lived on working days, and nothing of it is to come', () => {
    const days = entries.map(({ activity }) => isoWeekday(activity.occurredAt.slice(0, 10)));
    expect(days.filter((day) => day > 5)).toEqual([]);
    const last =
      entries
        .map(({ activity }) => activity.occurredAt)
        .toSorted()
        .at(-1) ?? '';
    expect(last <= noon.now.toISOString()).toBe(true);
  });

  it('has late, corrected, withdrawn, shared and refunded sales', () => {
    const activities = entries.map(({ activity }) => activity);
    const sales = activities.filter(({ type }) => type === 'deal.won');
    const ids = sales.map(({ externalId }) => externalId);
    expect(new Set(ids).size).toBeLessThan(ids.length);
    expect(sales.some((sale) => sale['void'] === true)).toBe(true);
    expect(sales.some((sale) => sale['shares'])).toBe(true);
    expect(activities.some(({ type }) => type === 'sale.refunded')).toBe(true);
    const late = entries.filter(
      ({ sentOn, activity }) => sentOn > activity.occurredAt.slice(0, 10) && !activity['void'],
    );
    expect(late.length).toBeGreaterThan(5);
  });
});
