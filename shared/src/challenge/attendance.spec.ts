import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DayChanges, Values } from '../kpi/aggregations/aggregation.js';
import { measureText, type Measure } from '../kpi/measure.js';
import { daysOf } from '../people/membership.arbitrary.js';
import type { Membership, People } from '../people/membership.js';
import { ALWAYS } from '../people/stretch.js';
import { addDays, type Day } from '../time/day.js';
import { Attendance } from './attendance.js';
import { composedChanges, composedTotals } from './lineup.js';

const window = { from: '2026-03-01', to: '2026-03-11' };
const names = ['ana', 'ben'] as const;
const teams = [
  { id: 'region', parentId: null },
  { id: 'north', parentId: 'region' },
  { id: 'south', parentId: 'region' },
  { id: 'east', parentId: null },
];
const ids = teams.map(({ id }) => id);
const sum = { aggregation: 'sum', of: 'amount', types: ['deal.won'], filters: {} } as Measure;
const text = measureText(sum);
const measures = new Map([[text, sum]]);

const day = fc.integer({ min: -3, max: 13 }).map((offset) => addDays(window.from, offset));
const anyTeams = fc.shuffledSubarray(ids, { minLength: 1 });
const anyPeople = fc
  .tuple(
    ...names.map((memberId) =>
      fc
        .array(fc.record({ teamId: fc.constantFrom(null, ...ids), day }), { maxLength: 3 })
        .map((steps): Membership[] => {
          const sorted = steps.toSorted((a, b) => (a.day < b.day ? -1 : 1));
          return sorted.flatMap(({ teamId, day: from }, index) => {
            const to = sorted[index + 1]?.day ?? null;
            const start = index === 0 ? ALWAYS : from;
            return teamId === null || start === to ? [] : [{ memberId, teamId, from: start, to }];
          });
        }),
    ),
  )
  .map((all): People => {
    const away = { enteredOn: null, leftOn: null };
    return { teams, memberships: all.flat(), members: new Map(names.map((name) => [name, away])) };
  });
type Sale = { name: (typeof names)[number]; day: Day; value: number };
const anySales = fc.array(
  fc.record({ name: fc.constantFrom(...names), day, value: fc.integer({ min: 1, max: 99 }) }),
  { maxLength: 8 },
);

/** True when somebody is in one of the teams or below it, without any index. */
function isIn({ memberships }: People, name: string, wanted: readonly string[], on: Day): boolean {
  const now = memberships.find(
    (one) => one.memberId === name && one.from <= on && (one.to === null || on < one.to),
  );
  const parent = teams.find(({ id }) => id === now?.teamId)?.parentId;
  return [now?.teamId, parent].some((id) => id != null && wanted.includes(id));
}

function totalsOf(sales: readonly Sale[]) {
  const found = new Map<string, Map<Day, Values>>();
  for (const { name, day: on, value } of sales) {
    const own = found.get(name) ?? new Map<Day, Values>();
    const { count = 0, sum: known = 0 } = own.get(on) ?? {};
    found.set(name, own.set(on, { count: count + 1, sum: known + value }));
  }
  return found;
}
const reading = (sales: readonly Sale[]) => (name: string) => totalsOf(sales).get(name);

describe('the reps of some teams, wherever they go and whatever they sell', () => {
  it('have what they did on the days on which they belonged, and nothing else', () => {
    fc.assert(
      fc.property(anyPeople, anyTeams, anySales, (people, wanted, sales) => {
        const attendance = Attendance.of(people, window, wanted, []);
        for (const name of names) {
          const own = composedTotals(attendance, name, measures, reading(sales)).get(text);
          const there = daysOf(window).filter((on) => isIn(people, name, wanted, on));
          for (const on of daysOf(window)) {
            const sold = sales.filter((one) => one.name === name && one.day === on);
            const right = there.includes(on) ? sold.reduce((all, { value }) => all + value, 0) : 0;
            expect(own?.get(on)?.sum ?? 0).toBe(right);
          }
          expect(attendance.has(name)).toBe(there.length > 0);
        }
      }),
    );
  });

  it('gain by a difference what they gain by counting anew', () => {
    fc.assert(
      fc.property(anyPeople, anyTeams, anySales, anySales, (people, wanted, before, added) => {
        const attendance = Attendance.of(people, window, wanted, []);
        const gains: DayChanges = new Map([[text, totalsOf(added)]]);
        const { changes } = composedChanges(attendance, measures, gains);
        for (const name of names) {
          const of = (sales: readonly Sale[]) =>
            composedTotals(attendance, name, measures, reading(sales)).get(text);
          const [then, now] = [of(before), of([...before, ...added])];
          for (const on of daysOf(window)) {
            const gained = changes.get(text)?.get(name)?.get(on)?.sum ?? 0;
            expect((then?.get(on)?.sum ?? 0) + gained).toBe(now?.get(on)?.sum ?? 0);
          }
        }
      }),
    );
  });

  it('have left from the day on which they belong no more, and not by the end of the window', () => {
    fc.assert(
      fc.property(anyPeople, anyTeams, day, (people, wanted, today) => {
        const attendance = Attendance.of(people, window, wanted, []);
        for (const name of names) {
          const last = daysOf(window).findLast((on) => isIn(people, name, wanted, on));
          const gone = last === undefined || (last < '2026-03-10' && last < today);
          expect(attendance.hasLeft(name, today)).toBe(gone);
          expect(attendance.hasLeft(name, null)).toBe(last === undefined);
        }
      }),
    );
  });

  it('are without the observers', () => {
    const memberships = names.map((memberId) => {
      return { memberId, teamId: 'north', from: ALWAYS, to: null };
    });
    const members = new Map(names.map((name) => [name, { enteredOn: null, leftOn: null }]));
    const attendance = Attendance.of({ teams, memberships, members }, window, ['region'], ['ben']);
    expect(names.filter((name) => attendance.has(name))).toEqual(['ana']);
  });
});
