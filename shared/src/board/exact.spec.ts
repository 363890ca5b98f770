import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BoardEntry } from './board.js';
import { apply } from './apply.js';
import { rank } from './rank.js';
import { Ranking } from './ranking.js';
import { formatScaled, SCALE } from '../quantity/scaled.js';
import { challengeDefinitionSchema } from '../challenge/challenge.js';
import { compileChallenge, type CompiledChallenge } from '../challenge/compile.js';
import type { Facts } from '../challenge/have.js';
import { scoresOf, type Score } from '../challenge/score.js';

const compile = (...rules: object[]) =>
  compileChallenge(
    challengeDefinitionSchema.parse({ name: 'x', from: '2026-03-01', to: '2026-03-31', rules }),
  );

/** What a team has on two days: sales in parts, revenue in cents; and how many it is. */
interface Team {
  sales: [number, number];
  cents: [number, number];
  personDays: number | null;
  target: number;
}

const DAYS = ['2026-03-02', '2026-03-09'] as const;

const factsOf =
  ({ measures }: CompiledChallenge) =>
  ({ sales, cents, personDays, target }: Team): Facts => ({
    frozenFor: () => target,
    heads: personDays === null ? undefined : { personDays, days: 30 },
    totalsOf: (text) => {
      const { types = [], aggregation } = measures.get(text) ?? {};
      if (!types.includes('deal.won')) return undefined;
      const sums = aggregation === 'count' ? sales : cents.map((one) => one * 100);
      return new Map(
        DAYS.map((day, index) => [day, { count: SCALE, sum: sums[index] ?? 0 }] as const),
      );
    },
  });

const entriesOf = (scores: ReadonlyMap<string, Score>): BoardEntry[] =>
  [...scores].map(([id, { score, exact, reachedAt, reason }]) => ({
    subject: { type: 'team', id, label: id },
    score: formatScaled(score),
    ...(exact === null ? {} : { exact }),
    reachedAt,
    reason,
  }));

/** The other way to the same: whole numerators over whole denominators, never reduced. */
type Ratio = [n: bigint, d: bigint];
const ratio = (n: number, d = 1): Ratio => [BigInt(n), BigInt(d)];
const add = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * d + c * b, b * d];
const mul = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * c, b * d];
const less = ([a, b]: Ratio, [c, d]: Ratio): boolean => a * d < c * b;
const least = (a: Ratio, b: Ratio): Ratio => (less(b, a) ? b : a);

const rules = [
  { type: 'per-unit', kpi: 'sales-count', score: '10', per: '1' },
  { type: 'per-unit', kpi: 'revenue', score: '1', per: '700', dailyCap: '2' },
  {
    type: 'attainment',
    kpi: 'revenue',
    shape: 'line',
    steps: [
      { at: '0.5', score: '0' },
      { at: '1', score: '100' },
      { at: '1.7', score: '300' },
    ],
  },
  { type: 'rank-bonus', kpi: 'sales-count', scores: ['10', '5', '1'] },
];

/** By units: sales at 10, revenue at 1/700 and two a day, and along the line. */
function alone({ sales, cents, personDays, target }: Team): Ratio {
  const head = personDays === null ? ratio(1) : ratio(30, personDays);
  const sold = mul(head, ratio(sales[0] + sales[1], SCALE));
  const earned = cents.map((one) => least(mul(head, ratio(one, 70_000)), ratio(2)));
  const reached = ratio((cents[0] + cents[1]) * 100, target);
  const line = less(reached, ratio(1))
    ? add(mul(reached, ratio(200)), ratio(-100))
    : least(add(mul(add(reached, ratio(-1)), ratio(2000, 7)), ratio(100)), ratio(300));
  const along = less(reached, ratio(1, 2)) ? ratio(0) : line;
  return [mul(sold, ratio(10)), ...earned, along].reduce(add);
}

/** The places by sales a head: equals share what their places bring. */
function placed(teams: readonly Team[], own: Team): Ratio {
  const perHead = ({ sales, personDays }: Team): Ratio =>
    mul(ratio(sales[0] + sales[1]), personDays === null ? ratio(1) : ratio(30, personDays));
  const above = teams.filter((one) => less(perHead(own), perHead(one))).length;
  const equal = teams.filter(
    (one) => !less(perHead(own), perHead(one)) && !less(perHead(one), perHead(own)),
  ).length;
  const pool = [10, 5, 1].slice(above, above + equal).reduce((sum, one) => sum + one, 0);
  return perHead(own)[0] > 0n ? ratio(pool, equal) : ratio(0);
}

const part = fc.constantFrom(0, 3_333, 3_334, 6_000, 10_000, 20_000, 25_000);
const cents = fc.constantFrom(0, 70_000, 100_001, 233_333, 140_000);
const anyTeam = (byHead: boolean) =>
  fc.record<Team>({
    sales: fc.tuple(part, part),
    cents: fc.tuple(cents, cents),
    personDays: byHead ? fc.constantFrom(30, 60, 90, 97, 180) : fc.constant(null),
    target: fc.constantFrom(3_000 * SCALE, 1_234_567, 7_000_001),
  });
const anyTeams = fc
  .boolean()
  .chain((byHead) => fc.array(anyTeam(byHead), { minLength: 1, maxLength: 8 }));

const challenge = compile(...rules);
const scored = (teams: readonly Team[]) =>
  scoresOf(
    challenge,
    new Map(teams.map((team, index) => [`t${index}`, factsOf(challenge)(team)] as const)),
  );

describe('exact scores', () => {
  it('rank as fractions that were computed on paper do, and are shown rounded once', () => {
    fc.assert(
      fc.property(anyTeams, (teams) => {
        const right = teams.map((team) => add(alone(team), placed(teams, team)));
        const scores = scored(teams);
        for (const { subject, rank: place, score } of rank(entriesOf(scores), 'shared')) {
          const own = right[Number(subject.id.slice(1))] ?? ratio(0);
          expect(place).toBe(1 + right.filter((one) => less(own, one)).length);
          const { exact } = scores.get(subject.id) ?? {};
          const [n, d] = (exact ?? `${Math.round(Number(score) * SCALE)}/${SCALE}`).split('/');
          expect(BigInt(n ?? 0) * own[1]).toBe(BigInt(d ?? 1) * own[0]);
        }
        for (const { score, parts } of scores.values()) {
          expect(parts.reduce((sum, one) => sum + one, 0)).toBe(score);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('stand alike on the server, in the browser, and in whatever order they come', () => {
    const shuffled = anyTeams.chain((teams) =>
      fc.tuple(fc.constant(teams), fc.shuffledSubarray([...teams.keys()], { minLength: 1 })),
    );
    fc.assert(
      fc.property(shuffled, ([teams, order]) => {
        const entries = entriesOf(scored(teams));
        const right = rank(entries);
        const ranking = new Ranking([], 'earliest');
        for (const index of [...order, ...entries.keys()]) {
          const entry = entries[index];
          if (entry) ranking.put(entry);
        }
        expect(ranking.rows(0, 99)).toEqual(right);
        const known = order.flatMap((index) => entries[index] ?? []);
        const board = {
          challengeId: 'c',
          version: 1,
          status: 'live' as const,
          asOf: '',
          total: known.length,
          rows: rank(known),
        };
        const frame = { ...board, baseVersion: 1, version: 2, rows: entries, removed: [] };
        const seen = apply(board, { ...frame, total: entries.length });
        expect(seen.ok && seen.board.rows).toEqual(right);
      }),
    );
  });

  it('are level at 35/3, whether by three sales and a visit or by two sales and three', () => {
    const level = compile(
      { type: 'per-unit', kpi: 'sales-count', score: '10', per: '1' },
      { type: 'per-unit', kpi: 'revenue', score: '5', per: '1' },
    );
    const team = (sales: number, visits: number): Team => {
      return { sales: [sales * SCALE, 0], cents: [visits * 100, 0], personDays: 90, target: 1 };
    };
    const facts = [team(3, 1), team(2, 3)].map(factsOf(level));
    const scores = scoresOf(level, new Map(facts.map((one, index) => [`t${index}`, one])));
    expect([...scores.values()].map(({ score, exact }) => [score, exact])).toEqual([
      [116_667, '35/3'],
      [116_667, '35/3'],
    ]);
    expect(rank(entriesOf(scores)).map((row) => row.rank)).toEqual([1, 1]);
  });
});
