import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DayChanges, Values } from '../kpi/aggregations/aggregation.js';
import { measureText, type Measure } from '../kpi/measure.js';
import { daysOf } from '../people/membership.arbitrary.js';
import type { Membership, People } from '../people/membership.js';
import { ALWAYS } from '../people/stretch.js';
import { addDays, type Day } from '../time/day.js';
import { challengeDefinitionSchema } from './challenge.js';
import { compileChallenge } from './compile.js';
import { Lineup, composedChanges, composedTotals } from './lineup.js';
import { scoresOf } from './score.js';

const window = { from: '2026-03-01', to: '2026-03-11' };
const names = ['ana', 'ben', 'cyd'] as const;
const teams = [
  { id: 'region', parentId: null },
  { id: 'north', parentId: 'region' },
  { id: 'south', parentId: 'region' },
  { id: 'east', parentId: null },
];
const ids = teams.map(({ id }) => id);
const away = { enteredOn: null, leftOn: null };

function peopleOf(
  memberships: readonly Membership[],
  members: Record<string, { enteredOn: Day | null; leftOn: Day | null }> = {},
): People {
  const all = names.map((name) => [name, members[name] ?? away] as const);
  return { teams, memberships, members: new Map(all) };
}

const lineupOf = (people: People, observers: readonly string[] = []) =>
  new Lineup(people, window, observers);

const sum: Measure = {
  aggregation: 'sum',
  of: 'amount',
  types: ['deal.won'],
  filters: {},
} as Measure;
const best: Measure = { ...sum, aggregation: 'max' } as Measure;
const measures = new Map([sum, best].map((one) => [measureText(one), one]));
const [sumText = '', bestText = ''] = measures.keys();

const offset = fc.integer({ min: -3, max: 13 });
const day = offset.map((days) => addDays(window.from, days));

/** Where somebody is, in stretches that follow each other. */
const anyCareer = (memberId: string): fc.Arbitrary<Membership[]> =>
  fc
    .array(fc.record({ teamId: fc.constantFrom(null, 'region', ...ids.slice(1)), day }), {
      maxLength: 3,
    })
    .map((steps) => {
      const sorted = steps.toSorted((a, b) => (a.day < b.day ? -1 : 1));
      return sorted.flatMap(({ teamId, day: from }, index) => {
        const to = sorted[index + 1]?.day ?? null;
        const start = index === 0 ? ALWAYS : from;
        return teamId === null || start === to ? [] : [{ memberId, teamId, from: start, to }];
      });
    });
const anyPeople = fc
  .tuple(...names.map((name) => anyCareer(name)), fc.option(day), fc.option(day))
  .map((all) => {
    const [enteredOn, leftOn] = all.slice(-2) as (Day | null)[];
    const memberships = all.slice(0, -2).flat() as Membership[];
    return peopleOf(memberships, { ana: { enteredOn: enteredOn ?? null, leftOn: leftOn ?? null } });
  });

/** Amounts by member and day. */
const anyDays = fc.array(
  fc.record({
    name: fc.constantFrom(...names),
    day,
    value: fc.integer({ min: 1, max: 1_000_000 }),
  }),
  { maxLength: 12 },
);
type Days = { name: string; day: Day; value: number }[];

function totalsOf(days: Days, combine: (a: number, b: number) => number) {
  const found = new Map<string, Map<Day, Values>>();
  for (const { name, day: on, value } of days) {
    const own = found.get(name) ?? new Map<Day, Values>();
    const known = own.get(on);
    own.set(on, { count: (known?.count ?? 0) + 1, sum: combine(known?.sum ?? 0, value) });
    found.set(name, own);
  }
  return found;
}
function reading(days: Days) {
  const [added, largest] = [totalsOf(days, (a, b) => a + b), totalsOf(days, Math.max)];
  return (member: string, text: string) => (text === sumText ? added : largest).get(member);
}

/** True when somebody is in a team or below it, without any index. */
function isIn({ memberships }: People, memberId: string, teamId: string, on: Day): boolean {
  const now = memberships.find(
    (one) => one.memberId === memberId && one.from <= on && (one.to === null || on < one.to),
  );
  const parent = teams.find(({ id }) => id === now?.teamId)?.parentId;
  return now?.teamId === teamId || parent === teamId;
}

describe('whoever is in which team, and whatever they sell', () => {
  it('a team has, day by day, the sum of what its members have, and the largest of all', () => {
    fc.assert(
      fc.property(anyPeople, anyDays, fc.constantFrom(...ids), (people, days, team) => {
        const totals = composedTotals(lineupOf(people), team, measures, reading(days));
        for (const on of daysOf(window)) {
          const own = days.filter((one) => one.day === on && isIn(people, one.name, team, on));
          const values = own.map(({ value }) => value);
          expect(totals.get(sumText)?.get(on)?.sum ?? 0).toBe(values.reduce((a, b) => a + b, 0));
          expect(totals.get(bestText)?.get(on)?.sum ?? 0).toBe(Math.max(0, ...values));
        }
      }),
    );
  });

  it('a difference of members is a difference of their teams, or makes them stale', () => {
    fc.assert(
      fc.property(anyPeople, anyDays, anyDays, (people, before, added) => {
        const lineup = lineupOf(people);
        const whole = reading([...before, ...added]);
        const gains: DayChanges = new Map([
          [sumText, totalsOf(added, (a, b) => a + b)],
          [bestText, totalsOf(added, Math.max)],
        ]);
        const { changes, stale } = composedChanges(lineup, measures, gains);
        for (const team of ids) {
          const then = composedTotals(lineup, team, measures, reading(before)).get(sumText);
          const now = composedTotals(lineup, team, measures, whole).get(sumText);
          const gained = changes.get(sumText)?.get(team);
          for (const on of daysOf(window)) {
            const sums = [then, gained].map((one) => one?.get(on)?.sum ?? 0);
            expect(sums.reduce((a, b) => a + b, 0)).toBe(now?.get(on)?.sum ?? 0);
          }
          expect(stale.has(team)).toBe(gained !== undefined);
        }
      }),
    );
  });

  it('person-days are the days of people, each counted', () => {
    fc.assert(
      fc.property(anyPeople, fc.constantFrom(...ids), fc.boolean(), (people, team, watching) => {
        const observers = watching ? ['ben'] : [];
        const present = names.flatMap((name) =>
          daysOf(window).filter((on) => {
            const { enteredOn, leftOn } = people.members.get(name) ?? away;
            const here = (enteredOn ?? on) <= on && (leftOn === null || on < leftOn);
            return here && !observers.includes(name) && isIn(people, name, team, on);
          }),
        );
        expect(lineupOf(people, observers).personDays(team)).toBe(present.length);
      }),
    );
  });
});

describe('the lowest teams', () => {
  const always = { from: ALWAYS, to: null };
  const people = peopleOf([
    { memberId: 'ana', teamId: 'region', ...always },
    { memberId: 'ben', teamId: 'north', ...always },
    { memberId: 'cyd', teamId: 'east', from: '2027-01-01', to: null },
  ]);

  it('have somebody in the window, and nobody below', () => {
    expect(lineupOf(people).lowest()).toEqual(['north']);
    expect(lineupOf(people, ['ben']).lowest()).toEqual(['region']);
  });

  it('enter later unless they are above or below one that takes part', () => {
    expect(lineupOf(people).newcomers([])).toEqual(['north']);
    expect(lineupOf(people).newcomers(['region'])).toEqual([]);
    expect(lineupOf(people, ['ben']).newcomers(['south'])).toEqual([]);
    expect(lineupOf(people).newcomers(['south'])).toEqual(['north']);
  });
});

describe('a score by head', () => {
  const compile = (...rules: object[]) => {
    const audience = { kind: 'teams', by: 'per-head' };
    return compileChallenge(
      challengeDefinitionSchema.parse({ name: 'x', ...window, audience, rules }),
    );
  };
  const scoreOf = (rule: object, days: Record<Day, number>, personDays: number) => {
    const challenge = compile(rule);
    const totals = new Map(
      Object.entries(days).map(([on, units]) => [on, { count: 10_000, sum: units * 10_000 }]),
    );
    const facts = {
      totalsOf: (text: string) =>
        challenge.measures.get(text)?.types.includes('sale.refunded') ? undefined : totals,
      heads: { personDays, days: 10 },
    };
    return scoresOf(challenge, new Map([['team', facts]])).get('team');
  };
  const days = { '2026-03-02': 40, '2026-03-05': 30, '2026-03-09': 30 };

  it.each([
    [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '1' }, 30, 333_333],
    [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '1' }, 15, 666_667],
    [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '1', dailyCap: '15' }, 20, 450_000],
    [{ type: 'milestone', kpi: 'revenue', thresholds: [{ at: '50', score: '7' }] }, 20, 70_000],
    [{ type: 'milestone', kpi: 'revenue', thresholds: [{ at: '50', score: '7' }] }, 21, 0],
    [{ type: 'first-to', kpi: 'revenue', threshold: '33.3333', scores: ['9'] }, 30, 90_000],
    [{ type: 'first-to', kpi: 'revenue', threshold: '33.3334', scores: ['9'] }, 30, 0],
    [{ type: 'best-single', kpi: 'revenue', scores: ['5'] }, 30, 50_000],
  ])('of %j with %i person-days in ten days', (rule, personDays, score) => {
    expect(scoreOf(rule, days, personDays)?.score).toBe(score);
  });

  it('runs day by day to what it comes to in the end', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...daysOf(window)), fc.integer({ min: -999, max: 999 })),
        fc.integer({ min: 1, max: 70 }),
        (sold, personDays) => {
          const plain = { type: 'per-unit', kpi: 'revenue', score: '1', per: '1' };
          const whole = scoreOf(plain, sold, personDays);
          const capped = scoreOf({ ...plain, dailyCap: '1000000' }, sold, personDays);
          expect(capped?.score).toBe(whole?.score);
        },
      ),
    );
  });
});
