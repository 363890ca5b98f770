import { describe, expect, it } from '@jest/globals';
import { fromScaled, toDouble } from '../quantity/fraction.js';
import { SCALE } from '../quantity/scaled.js';
import { addUp, evaluate, isAdditive, parseFormula, type Name } from './formula.js';

const money: Name = { reads: 'sum', unit: 'money' };
const count: Name = { reads: 'sum', unit: 'count' };
const names = new Map<string, Name>([
  ['sales', money],
  ['refunds', money],
  ['costs', money],
  ['won', count],
  ['lost', count],
  ['cycle', { reads: 'ratio', unit: 'days' }],
  ['reached', { reads: 'ratio', unit: 'count' }],
]);
const sums: Record<string, number> = {
  sales: 100,
  refunds: 30,
  costs: 7,
  won: 6,
  lost: 2,
  cycle: 90,
};

function read(text: string) {
  const parsed = parseFormula(text, names);
  if (!parsed.ok) throw new Error(parsed.detail);
  return parsed;
}

const valueOf = (text: string) => {
  const { formula } = read(text);
  const value = evaluate(
    formula,
    (name, field) => (field === 'count' ? 4 : (sums[name] ?? 0)) * SCALE,
  );
  return value && toDouble(value);
};

describe('a formula', () => {
  it.each([
    ['sales', 100, 'money'],
    ['sales - refunds', 70, 'money'],
    ['sales - refunds - costs', 63, 'money'],
    ['sales - (refunds - costs)', 77, 'money'],
    ['(sales − refunds) ÷ won', 70 / 6, 'money'],
    ['sales × won', 600, 'money'],
    ['won / (won + lost)', 0.75, 'rate'],
    ['sales / refunds', 100 / 30, 'rate'],
    ['1 - won / (won + lost)', 0.25, 'rate'],
    ['won * (won / lost)', 18, 'count'],
    ['won / (won / lost)', 2, 'count'],
    ['100 * won / lost', 300, 'rate'],
    ['2.5 * sales', 250, 'money'],
    ['won + 1', 7, 'count'],
    ['cycle', 22.5, 'days'],
    ['sales / cycle', 100 / 22.5, 'money-per-day'],
    ['won / cycle', 6 / 22.5, 'count-per-day'],
    ['2 + 3 * 4', 14, 'number'],
  ])('%s is worth %s %s', (text, value, unit) => {
    expect([valueOf(text), read(text).unit]).toEqual([value, unit]);
  });

  it.each(['won / (lost - 2)', 'won / (won - won) + 1', '1 / (won / (lost - lost))'])(
    '%s has no value, since it divides by nothing',
    (text) => {
      expect(valueOf(text)).toBeUndefined();
    },
  );

  it('is exact where doubles are not', () => {
    const { formula } = read('won + lost - won');
    const large = Number.MAX_SAFE_INTEGER;
    const value = evaluate(formula, (name) => (name === 'won' ? large : 1));
    expect(value).toEqual({ n: 1n, d: BigInt(SCALE) });
    expect(toDouble(fromScaled(1))).toBe(0.0001);
  });

  it.each([
    ['', 0],
    ['profit', 0],
    ['sales - profit', 8],
    ['sales - -refunds', 8],
    ['-sales', 0],
    ['sales refunds', 0],
    ['sales -', 7],
    ['sales.constructor', 0],
    ['won / sales.length', 6],
    ['sales()', 0],
    ['toString', 0],
    ['won ? lost : won', 0],
    ['won && lost', 4],
    ['won ** lost', 4],
    ['won > lost', 4],
    ['"won"', 0],
    ['won + [1]', 6],
    ['won * 1.23456', 6],
    ['1e3 * won', 0],
    ['sales + won', 6],
    ['sales - 1', 6],
    ['(sales) +   won', 8],
    ['won + won / lost', 4],
    ['cycle + sales', 6],
    ['sales * sales', 6],
    ['1 / cycle', 2],
  ])('%j is refused at character %s', (text, at) => {
    const parsed = parseFormula(text, names);
    expect(parsed).toEqual({ ok: false, at: expect.any(Number), detail: expect.any(String) });
    expect(parsed).toMatchObject({ at });
  });

  it('says what does not go together', () => {
    expect(parseFormula('sales + won', names)).toMatchObject({
      detail: 'count cannot be added to money',
    });
    expect(parseFormula('won - sales / won', names)).toMatchObject({
      at: 4,
      detail: 'money cannot be taken from count',
    });
  });
});

describe('a formula that a rule may read', () => {
  it.each([
    ['sales', true, 100],
    ['sales - (refunds - costs)', true, 77],
    ['won + 1', false, undefined],
    ['2 * sales', false, undefined],
    ['sales / won', false, undefined],
    ['cycle', false, undefined],
  ])('%s: days add up %s', (text, additive, total) => {
    const { formula } = read(text);
    expect(isAdditive(formula)).toBe(additive);
    const sum = () => addUp(formula, (name) => sums[name] ?? 0);
    if (total === undefined) expect(sum).toThrow(RangeError);
    else expect(sum()).toBe(total);
  });
});
