import { describe, expect, it } from '@jest/globals';
import { lineOf, plainActivity as sale } from '../activity/activity.arbitrary.js';
import { filtersSchema, matches, measureText, narrow, typesOf, type Measure } from './measure.js';

const sales: Measure = { aggregation: 'sum', types: ['deal.won'], filters: {} };
const western: Measure = { ...sales, filters: { region: ['West', 'North'], channel: ['web'] } };

describe('a measure', () => {
  it.each([
    [sales, {}, true],
    [sales, { type: 'deal.lost' }, false],
    [western, { region: 'West', channel: 'web' }, true],
    [western, { region: 'North', channel: 'web', lines: [lineOf('x')] }, true],
    [western, { region: 'West' }, false],
    [western, { region: 'South', channel: 'web' }, false],
    [{ ...sales, filters: { product: ['x', 'y'] } }, { lines: [lineOf('z'), lineOf('y')] }, true],
    [{ ...sales, filters: { product: ['x', 'y'] } }, { lines: [lineOf('z')] }, false],
    [{ ...sales, filters: { product: ['x'] } }, {}, false],
    [{ ...sales, filters: { region: [] } }, {}, false],
  ])('%j counts a sale with %j: %s', (measure, more, expected) => {
    expect(matches(measure, sale(more))).toBe(expected);
  });

  it('has one text, in whatever order it was written', () => {
    const other: Measure = { ...sales, filters: { channel: ['web'], region: ['North', 'West'] } };
    expect(measureText(other)).toBe(measureText(western));
    const types = ['deal.won', 'cart.completed'];
    expect(measureText({ ...sales, types })).toBe(
      measureText({ ...sales, types: types.toReversed() }),
    );
  });

  it('keeps the text under which its totals are stored', () => {
    const text =
      '["sum",[["deal.won"],null,null],[],[null,null,null,null,[null,null],[null,null,null]]]';
    expect(measureText(sales)).toBe(text);
  });

  it('reads the types of all its stages', () => {
    const stages = { to: ['deal.lost'], since: ['lead.created'] };
    expect(typesOf({ ...sales, ...stages })).toEqual(['deal.won', 'deal.lost', 'lead.created']);
  });

  it('tells the stages apart', () => {
    const [to, since] = [{ to: ['x'] }, { since: ['x'] }].map((one) =>
      measureText({ ...sales, ...one }),
    );
    expect(to).not.toBe(since);
  });

  it('that a database gives back has the same text', () => {
    const whole: Measure = { ...western, of: 'cost', band: { atLeast: 1 }, withinDays: 3 };
    expect(measureText(JSON.parse(JSON.stringify(whole)) as Measure)).toBe(measureText(whole));
  });

  it.each<Partial<Measure>>([
    { aggregation: 'count' },
    { types: ['deal.lost'] },
    { filters: { region: ['West'] } },
    { filters: { segment: ['West'] } },
    { of: 'quantity' },
    { distinct: 'item' },
    { to: ['deal.lost'] },
    { since: ['deal.lost'] },
    { link: 'customer' },
    { withinDays: 30 },
    { band: { atLeast: 9 } },
    { window: { from: '2026-03-01', to: '2026-04-01' } },
    { before: '2026-02-01' },
  ])('has another text with %j', (change) => {
    expect(measureText({ ...sales, ...change })).not.toBe(measureText(sales));
  });

  it('counts, when narrowed, what both filters let through', () => {
    const narrowed = narrow(western, { region: ['West', 'South'], product: ['x'] });
    expect(narrowed.filters).toEqual({ region: ['West'], channel: ['web'], product: ['x'] });
    const nothing = narrow(western, { region: ['South'] });
    expect(matches(nothing, sale({ region: 'South', channel: 'web' }))).toBe(false);
  });
});

describe('a filter', () => {
  it.each([
    { region: [] },
    { region: 'West' },
    { region: [''] },
    { region: ['a\0'] },
    { region: ['\udc00'] },
    { colour: ['red'] },
  ])('%j is refused', (filters) => {
    expect(filtersSchema.safeParse(filters).success).toBe(false);
  });
});
