import { describe, expect, it } from '@jest/globals';
import type { Figure } from '../kpi/result.js';
import { fromScaled, toDouble, type Fraction } from '../quantity/fraction.js';
import { SCALE } from '../quantity/scaled.js';
import { parsePeriod } from '../time/period.js';
import { attainment } from './attainment.js';
import { expected, isEarly, landing } from './landing.js';
import { targetOver, targetRowSchema, targetsIn, type Target } from './target.js';

const windowOf = (text: string) => {
  const period = parsePeriod(text);
  if (!period) throw new Error(text);
  return period;
};
const target = (text: string, value: number): Target => {
  const { from, to } = windowOf(text);
  return { from, to, value: value * SCALE };
};
const of = (value: number): Fraction => fromScaled(value * SCALE);
const double = (value: Fraction | null | undefined) => value && toDouble(value);

describe('the target of a period', () => {
  const targets = [
    target('2026-Q1', 300),
    target('2026-01', 90),
    target('2026-02', 100),
    target('2026-03', 120),
    target('2026-Q2', 330),
  ];

  it.each([
    ['2026-Q1', [300]],
    ['2026-01', [90]],
    ['2026-01-01/2026-07-01', [300, 330]],
    ['2026-02-01/2026-04-01', [100, 120]],
    ['2026-02-01/2026-07-01', [100, 120, 330]],
    ['2026-04', undefined],
    ['2026', undefined],
    ['2026-02-02/2026-03-01', undefined],
  ])('%s is made of %j', (text, values) => {
    const found = targetsIn(targets, windowOf(text))?.map(({ value }) => value / SCALE);
    expect(found).toEqual(values);
  });

  it('goes with a member from one team to another, by days', () => {
    const days = [{ from: '2026-01-11', to: '2026-02-11' }];
    const part = targetOver(
      [target('2026-01', 310), target('2026-02', 280)],
      windowOf('2026-01-01/2026-03-01'),
      days,
    );
    expect(double(part)).toBe(210 + 100);
  });

  it('in a file is that of a member or of a team', () => {
    const row = { kpi: 'revenue', period: '2026-Q1', value: '50000' };
    const read = (more: object) => targetRowSchema.safeParse({ ...row, ...more }).success;
    const [member, team] = [{ externalId: 'zoe' }, { name: 'North' }];
    expect([read({}), read({ member }), read({ team }), read({ member, team })]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('attainment', () => {
  const figure = (value: number | null): Figure => {
    const fraction = value === null ? null : of(value);
    const reason = value === null ? 'no-denominator' : null;
    return { value: fraction, reason, numerator: fraction, denominator: null, count: 0 };
  };
  const reached = (
    direction: 'higher' | 'lower',
    actual: number | null,
    ...more: (number | undefined)[]
  ) => {
    const [aim, base] = more.map((value) => (value === undefined ? undefined : value));
    const { value, reason } = attainment(
      direction,
      figure(actual),
      aim === undefined ? undefined : of(aim),
      base === undefined ? undefined : figure(base),
    );
    return reason ?? double(value);
  };

  it('is actual over target: 50 of 100 and 30 of 20 are two thirds, not all', () => {
    expect(reached('higher', 80, 120)).toBe(2 / 3);
  });

  it.each([
    ['higher', 10, 0, undefined, 'no-denominator'],
    ['higher', 10, undefined, undefined, 'no-target'],
    ['higher', null, 5, undefined, 'no-denominator'],
    ['lower', 40, 30, 50, 0.5],
    ['lower', 60, 30, 50, -0.5],
    ['lower', 40, 30, undefined, 'no-history'],
    ['lower', 40, 50, 50, 'no-denominator'],
  ] as const)(
    '%s is better: %s for %s after %s is %s',
    (direction, actual, aim, base, expectation) => {
      expect(reached(direction, actual, aim, base)).toBe(expectation);
    },
  );
});

describe('a projected landing', () => {
  it.each([
    [100, 10, 10, 200],
    [100, 20, 0, 100],
    [0, 10, 10, 0],
    [-30, 10, 5, -45],
    [100, 0, 10, 100],
  ])('of %s after %s with %s to go is %s', (actual, elapsed, remaining, value) => {
    expect(double(landing(of(actual), { elapsed, remaining }))).toBe(value);
    expect(double(expected(of(actual), { elapsed, remaining }))).toBe(value - actual);
  });

  it('says so while it is early', () => {
    const early = (elapsed: number, remaining: number) => isEarly([{ elapsed, remaining }]);
    expect([early(1, 9), early(2, 8), early(0, 10), early(0, 0)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
