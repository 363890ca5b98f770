import { describe, expect, it } from '@jest/globals';
import { evaluate, parseFormula } from './formula.js';

const names = ['sales', 'refunds', 'costs'];
const sums: Record<string, number> = { sales: 100, refunds: 30, costs: 7 };

describe('a formula', () => {
  it.each([
    ['sales', 100],
    ['sales - refunds', 70],
    ['sales - refunds - costs', 63],
    ['sales - (refunds - costs)', 77],
    ['refunds + costs', 37],
  ])('%s is worth %s', (text, value) => {
    const parsed = parseFormula(text, names);
    if (!parsed.ok) throw new Error(parsed.detail);
    expect(evaluate(parsed.formula, (name) => sums[name] ?? 0)).toBe(value);
  });

  it.each([
    '',
    'profit',
    'sales * refunds',
    'sales - 3',
    '-sales',
    'sales refunds',
    'sales -',
    'sales.constructor',
    'sales()',
    'toString',
  ])('%j is refused with the reason', (text) => {
    const parsed = parseFormula(text, names);
    expect(parsed).toEqual({ ok: false, at: expect.any(Number), detail: expect.any(String) });
  });

  it('says where it could not be read', () => {
    expect(parseFormula('sales - ', names)).toMatchObject({ ok: false, at: 8 });
  });
});
