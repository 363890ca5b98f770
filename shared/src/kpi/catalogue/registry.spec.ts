import { describe, expect, it } from '@jest/globals';
import { isActivityType } from '../../activity/type.js';
import { addsUp, compileKpi } from '../kpi.js';
import { catalogue } from './registry.js';
import { revenue } from './revenue.js';

describe.each([...catalogue])('the KPI %s', (code, kpi) => {
  it('is known by its own code and reads only types that exist', () => {
    expect(kpi.code).toBe(code);
    const types = Object.values(kpi.measures).flatMap((measure) => measure.types);
    expect(types.length).toBeGreaterThan(0);
    expect(types.filter((type) => !isActivityType(type))).toEqual([]);
  });

  it.each(['fr', 'en'] as const)('explains itself in %s', (locale) => {
    expect(Object.values(kpi.card[locale]).every((text) => text.trim().length > 0)).toBe(true);
  });
});

describe('a definition', () => {
  it('whose formula names no measure of its own is refused by name', () => {
    expect(() => compileKpi({ ...revenue, formula: 'sales - gifts' })).toThrow(/revenue.*gifts/);
  });
});

describe('a KPI that a rule may score', () => {
  it('is one whose days add up', () => {
    const of = (aggregation: 'sum' | 'max' | 'mean') => {
      const sales = { aggregation, types: ['deal.won'], filters: {} };
      return addsUp(compileKpi({ ...revenue, formula: 'sales', measures: { sales } }));
    };
    expect([of('sum'), of('max'), of('mean')]).toEqual([true, false, false]);
    expect([...catalogue.values()].filter((kpi) => !addsUp(kpi))).toEqual([]);
  });
});
