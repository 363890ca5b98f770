import { describe, expect, it } from '@jest/globals';
import { fromScaled, type Fraction } from '../quantity/fraction.js';
import { SCALE } from '../quantity/scaled.js';
import type { Values } from './aggregations/aggregation.js';
import { catalogue } from './catalogue/registry.js';
import { compileKpi, type Kpi } from './kpi.js';
import { changeOf, figureOf, ranked, writtenFigure, type Figure } from './result.js';

const kpiOf = (code: string): Kpi => {
  const kpi = catalogue.get(code);
  if (!kpi) throw new Error(code);
  return kpi;
};
const given =
  (values: Record<string, [count: number, sum: number]>) =>
  (name: string): Values => {
    const [count, sum] = values[name] ?? [0, 0];
    return { count: count * SCALE, sum: sum * SCALE };
  };
const result = (code: string, values: Record<string, [number, number]>, early = false) =>
  writtenFigure(kpiOf(code), figureOf(kpiOf(code), given(values), early));

describe('a result', () => {
  it('of sums over nothing is nothing, and has a value', () => {
    expect(result('revenue', {})).toEqual({
      value: '0',
      reason: null,
      numerator: '0',
      denominator: null,
      count: 0,
    });
  });

  it('of refunds alone is negative', () => {
    expect(result('revenue', { refunds: [1, 30] })).toMatchObject({ value: '-30', count: 1 });
  });

  it('that divides by nothing says so, and still shows what is above the line', () => {
    expect(result('average-sale', { refunds: [1, 30] })).toEqual({
      value: null,
      reason: 'no-denominator',
      numerator: '-30',
      denominator: 0,
      count: 0,
    });
    expect(result('win-rate', {})).toMatchObject({ value: null, reason: 'no-denominator' });
  });

  it('is divided once: 1/1, 2/1, 3/2, 4/2 are 10/6 and not 1.625', () => {
    const sales: [number, number] = [6, 10];
    const { value } = result('products-per-sale', { products: sales, sales: [6, 6] });
    expect(value).toBe(10 / 6);
  });

  it('of money is rounded once, to four decimals', () => {
    const { value } = result('average-sale', { sales: [3, 200], won: [3, 3] });
    expect(value).toBe('66.6667');
  });

  it('of velocity is computed again from the parts', () => {
    const { value, denominator } = result('sales-velocity', {
      opened: [40, 40],
      sales: [10, 250_000],
      won: [10, 10],
      lost: [30, 30],
      cycle: [10, 900],
    });
    expect([value, denominator]).toEqual(['2777.7778', 90]);
  });

  it('of growth needs something to compare with', () => {
    const growth = (now: number, before: number) => {
      const values = { sales: [1, now], salesBefore: [1, before] } as never;
      const { value, reason, numerator } = result('revenue-growth', values);
      return [value, reason, numerator];
    };
    expect(growth(110, 100)).toEqual([0.1, null, '10']);
    expect(growth(10, 0)).toEqual([null, 'no-history', '10']);
    expect(growth(10, -20)).toEqual([null, 'negative-base', '30']);
  });

  it('of a team’s growth comes from its sums: 10 → 20 and 100 → 90 is none', () => {
    expect(result('revenue-growth', { sales: [2, 110], salesBefore: [2, 110] }).value).toBe(0);
  });

  it('of a first period has no history', () => {
    expect(result('new-customers', { first: [3, 3] }, true)).toMatchObject({
      value: null,
      reason: 'no-history',
      numerator: 3,
    });
  });

  it('says how many facts it had to leave out', () => {
    const { value, count, leftOut } = result('sales-cycle', { cycle: [3, 100], won: [5, 5] });
    expect([value, count, leftOut]).toEqual([100 / 3, 3, 2]);
  });

  it('of too few answers has no value', () => {
    const { formula: _formula, ...rest } = kpiOf('sales-count');
    const kpi = compileKpi({ ...rest, formula: 'sales', atLeast: 5 });
    const of = (sales: number) => figureOf(kpi, given({ sales: [sales, sales] })).reason;
    expect([of(4), of(5)]).toEqual(['too-few-answers', null]);
  });

  it('counts the same facts once', () => {
    const margin = { sales: [3, 9], costs: [3, 5], refunds: [1, 1], costsBack: [1, 1] } as never;
    expect(result('margin', margin).count).toBe(4);
    expect(result('win-rate', { won: [3, 3], lost: [1, 1] }).count).toBe(4);
    expect(result('sales-by-channel', { sales: [2, 50], all: [4, 200] })).toMatchObject({
      value: 0.25,
      count: 2,
    });
    expect(result('retention', { retained: [1, 1], before: [4, 4] })).toMatchObject({
      value: 0.25,
      count: 4,
    });
  });
});

describe('a change', () => {
  const figure = (value: number | null): Figure => {
    const fraction: Fraction | null = value === null ? null : fromScaled(value * SCALE);
    const reason = value === null ? 'no-denominator' : null;
    return { value: fraction, reason, numerator: fraction, denominator: null, count: 0 };
  };

  it.each([
    [110, 100, { n: 1n, d: 10n }, null],
    [0, 100, { n: -1n, d: 1n }, null],
    [10, 0, null, 'no-history'],
    [10, -5, null, 'negative-base'],
    [10, null, null, 'no-history'],
    [null, 10, null, 'no-denominator'],
  ])('from %s after %s', (now, before, value, reason) => {
    expect(changeOf(figure(now), figure(before))).toEqual({ value, reason });
  });

  it('orders what has a value, best first, and shares ranks', () => {
    const rows = Object.entries({ a: 5, b: 7, c: null, d: 5, e: 1, f: null }).map(
      ([label, value]) => ({ label, figure: figure(value) }),
    );
    const places = (direction: 'higher' | 'lower') =>
      ranked(rows, direction).map(({ label, rank }) => `${label}${rank ?? ''}`);
    expect(places('higher')).toEqual(['b1', 'a2', 'd2', 'e4', 'c', 'f']);
    expect(places('lower')).toEqual(['e1', 'a2', 'd2', 'b4', 'c', 'f']);
  });
});
