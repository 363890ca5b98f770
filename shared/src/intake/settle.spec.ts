import { describe, expect, it } from '@jest/globals';
import { plainActivity as activity, sharesOf } from '../activity/activity.arbitrary.js';
import { catalogue } from '../kpi/catalogue/registry.js';
import { measureText, type Measure } from '../kpi/measure.js';
import { AMOUNT_MAX, SCALE } from '../quantity/scaled.js';
import { settle, touchedKeys } from './settle.js';

const types = ['deal.won'];
const sales: Measure = catalogue.get('revenue')?.measures['sales'] ?? {
  aggregation: 'sum',
  types,
  filters: {},
};
const best: Measure = { aggregation: 'max', types: ['deal.won', 'cart.completed'], filters: {} };
const first: Measure = { aggregation: 'new-customers', types, filters: {} };
const won: Measure = {
  aggregation: 'cohort-conversion',
  types: ['deal.opened'],
  to: types,
  filters: {},
};

const kept = (...measures: Measure[]) => new Map(measures.map((one) => [measureText(one), one]));
const none = () => [];
const added = (changes: ReturnType<typeof settle>, measure: Measure) =>
  [...(changes.get(measureText(measure)) ?? [])].flatMap(([member, days]) =>
    [...days].map(([day, { count, sum }]) => [member, day, count / SCALE, sum / SCALE]),
  );

describe('settling', () => {
  it('adds what is new', () => {
    const changes = settle([{ before: null, after: activity() }], kept(sales), none);
    expect(added(changes, sales)).toEqual([['zoe', '2026-03-01', 1, 100]]);
  });

  it('moves what is revised to its new member and day', () => {
    const shares = sharesOf({ ali: SCALE });
    const after = activity({ shares, occurredOn: '2026-03-02', amount: 5 * SCALE });
    const changes = settle([{ before: activity(), after }], kept(sales), none);
    expect(added(changes, sales)).toEqual([
      ['zoe', '2026-03-01', -1, -100],
      ['ali', '2026-03-02', 1, 5],
    ]);
  });

  it('is nothing where nothing counts, before or after', () => {
    const changes = settle([{ before: null, after: null }], kept(sales, best, first), none);
    expect(changes.size).toBe(0);
  });

  it('takes off what is gone', () => {
    const changes = settle([{ before: activity(), after: null }], kept(sales), none);
    expect(added(changes, sales)).toEqual([['zoe', '2026-03-01', -1, -100]]);
  });

  it('refuses a total that could not be kept exactly', () => {
    const many = Array.from({ length: 901 }, () => {
      return { before: null, after: activity({ amount: AMOUNT_MAX }) };
    });
    expect(() => settle(many, kept(sales), none)).toThrow(RangeError);
  });
});

describe('settling with neighbours', () => {
  it('counts a customer as new where an earlier sale arrives late', () => {
    const later = activity({ customer: 'ana', occurredOn: '2026-03-09', externalId: '2' });
    const early = activity({ customer: 'ana', shares: sharesOf({ ali: SCALE }) });
    const changes = settle([{ before: null, after: early }], kept(first), () => [later]);
    expect(added(changes, first)).toEqual([
      ['zoe', '2026-03-09', -1, -1],
      ['ali', '2026-03-01', 1, 1],
    ]);
  });

  it('looks at everything of a key at once', () => {
    const customer = 'ana';
    const [one, two] = ['1', '2'].map((externalId) => activity({ customer, externalId }));
    const all = [one, two].map((after) => ({ before: null, after: after ?? null }));
    expect(added(settle(all, kept(first), none), first)).toEqual([['zoe', '2026-03-01', 1, 1]]);
  });

  it('has the best of a day over all its types', () => {
    const cart = activity({ type: 'cart.completed', amount: 70 * SCALE, externalId: '2' });
    const arrives = [{ before: null, after: activity() }];
    const changes = settle(arrives, kept(best), () => [cart]);
    expect(added(changes, best)).toEqual([['zoe', '2026-03-01', 1, 30]]);
  });

  it('counts what two members share once for each of them', () => {
    const shares = sharesOf({ zoe: 6000, ali: 4000 });
    const changes = settle([{ before: null, after: activity({ shares }) }], kept(best), none);
    expect(added(changes, best)).toEqual([
      ['zoe', '2026-03-01', 0.6, 60],
      ['ali', '2026-03-01', 0.4, 40],
    ]);
  });
});

describe('the keys that a batch touches', () => {
  const touched = (measure: Measure, ...sides: ReturnType<typeof activity>[]) => {
    const transitions = sides.map((after) => ({ before: null, after }));
    return touchedKeys(transitions, kept(measure)).get(measureText(measure));
  };

  it('are not asked for where an activity suffices', () => {
    expect(touched(sales, activity())).toBeUndefined();
  });

  it('are none where an activity has none, or is of another type', () => {
    expect(touched(first, activity())).toBeUndefined();
    expect(touched(first, activity({ customer: 'ana', type: 'deal.lost' }))).toBeUndefined();
  });

  it('are counted', () => {
    const found = touched(
      first,
      activity({ customer: 'ana' }),
      activity({ customer: 'ana', externalId: '2' }),
      activity({ customer: 'ben', externalId: '3' }),
    );
    expect(found?.keys).toEqual(new Map(Object.entries({ ana: 2, ben: 1 })));
  });

  it('are those of either stage', () => {
    expect(touched(won, activity({ item: 'deal' }))).toMatchObject({ key: 'item' });
  });

  it('are those of what was and of what is', () => {
    const [before, after] = ['ana', 'ben'].map((customer) => activity({ customer }));
    const transition = { before: before ?? null, after: after ?? null };
    const found = touchedKeys([transition], kept(first)).get(measureText(first));
    expect([...(found?.keys.keys() ?? [])]).toEqual(['ana', 'ben']);
  });

  it('are the days of every member of a share', () => {
    const shares = sharesOf({ zoe: 6000, ali: 4000 });
    const found = touched(best, activity({ shares }));
    expect([...(found?.keys.keys() ?? [])]).toEqual(['zoe 2026-03-01', 'ali 2026-03-01']);
  });
});
