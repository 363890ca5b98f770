import { describe, expect, it } from '@jest/globals';
import { plainActivity, sharesOf } from '../../activity/activity.arbitrary.js';
import { SCALE } from '../../quantity/scaled.js';
import { given } from '../measure.arbitrary.js';
import type { Measure } from '../measure.js';

const fresh: Measure = { aggregation: 'new-customers', types: ['deal.won'], filters: {} };
const ali = { shares: sharesOf({ ali: SCALE }) };
const sale = (externalId: string, occurredOn: string, more: object = {}) =>
  plainActivity({ externalId, customer: 'ana', occurredOn, ...more });

describe('new customers', () => {
  it('are those whose first sale ever it is, from whomever', () => {
    const sales = [sale('1', '2026-03-09'), sale('2', '2026-03-02', ali)];
    expect(given(fresh, ...sales)).toEqual([['ali', '2026-03-02', 1, 1]]);
  });

  it('are, on the same day, decided by instant, then source and name', () => {
    const at = '2026-03-02T09:00:00.000Z';
    const sales = [sale('1', '2026-03-02', { occurredAt: at }), sale('2', '2026-03-02', ali)];
    expect(given(fresh, ...sales)).toEqual([['ali', '2026-03-02', 1, 1]]);
    const tied = [sale('10', '2026-03-02', ali), sale('9', '2026-03-02')];
    expect(given(fresh, ...tied)).toEqual([['ali', '2026-03-02', 1, 1]]);
  });

  it('are new in full for each who shares the sale', () => {
    const shares = sharesOf({ zoe: 9999, ali: 1 });
    expect(given(fresh, sale('1', '2026-03-02', { shares }))).toEqual([
      ['zoe', '2026-03-02', 1, 1],
      ['ali', '2026-03-02', 1, 1],
    ]);
  });

  it('are not new in a region where they only bought later', () => {
    const west: Measure = { ...fresh, filters: { region: ['West'] } };
    const sales = [sale('1', '2026-03-02'), sale('2', '2026-03-09', { region: 'West' })];
    expect(given(west, ...sales)).toEqual([]);
    expect(given(west, ...sales.slice(1))).toEqual([['zoe', '2026-03-09', 1, 1]]);
  });

  it('are not made by other types, nor by sales without a customer', () => {
    const offer = sale('1', '2026-03-01', { type: 'offer.sent' });
    const nameless = sale('2', '2026-03-01', { customer: null });
    expect(given(fresh, offer, nameless, sale('3', '2026-03-02'))).toEqual([
      ['zoe', '2026-03-02', 1, 1],
    ]);
  });
});
