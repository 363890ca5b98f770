import { describe, expect, it } from '@jest/globals';
import { isActivityType } from '../../activity/type.js';
import { addsUp, compileKpi, needsOf } from '../kpi.js';
import { catalogue } from './registry.js';
import { revenue } from './revenue.js';

describe.each([...catalogue])('the KPI %s', (code, kpi) => {
  it('is known by its own code and reads only types that exist', () => {
    expect(kpi.code).toBe(code);
    const types = needsOf(kpi);
    expect(types.length).toBeGreaterThan(0);
    expect(types.filter((type) => !isActivityType(type))).toEqual([]);
  });

  it.each(['fr', 'en'] as const)('explains itself in %s', (locale) => {
    expect(Object.values(kpi.card[locale]).every((text) => text.trim().length > 0)).toBe(true);
  });
});

describe('the catalogue', () => {
  it('has every KPI that sales activities feed', () => {
    const named = `revenue revenue-growth gross-sales margin margin-rate sales-count units-sold
      average-sale average-price products-per-sale new-leads visits offers new-customers
      active-customers repeat-rate lead-to-visit visit-to-offer offer-to-sale lead-to-sale
      acquisition-rate qualification-rate qualified-to-customer win-rate win-rate-created
      sales-cycle sales-velocity target-attainment projected-landing open-pipeline
      sales-by-channel retention churn follow-up-rate cost-per-sale cost-per-customer`;
    expect([...catalogue.keys()].toSorted()).toEqual(named.split(/\s+/).toSorted());
  });
});

describe('a definition', () => {
  it('that says one unit and gives another is refused', () => {
    expect(() => compileKpi({ ...revenue, unit: 'count' })).toThrow(/revenue.*money, not count/);
  });

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
    const adding = [...catalogue.values()].filter(addsUp).map(({ code }) => code);
    expect(adding.toSorted()).toEqual([
      'active-customers',
      'gross-sales',
      'margin',
      'new-customers',
      'new-leads',
      'offers',
      'revenue',
      'sales-count',
      'units-sold',
      'visits',
    ]);
  });
});
