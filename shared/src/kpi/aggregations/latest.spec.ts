import { describe, expect, it } from '@jest/globals';
import { plainActivity as sale } from '../../activity/activity.arbitrary.js';
import { SCALE } from '../../quantity/scaled.js';
import { given } from '../measure.arbitrary.js';
import type { Measure } from '../measure.js';

const latest: Measure = { aggregation: 'latest', types: ['forecast.recorded'], filters: {} };
const forecast = (externalId: string, units: number | null, time?: string, more: object = {}) =>
  sale({
    type: 'forecast.recorded',
    externalId,
    amount: units === null ? null : units * SCALE,
    occurredAt: time ? `2026-03-01T${time}:00.000Z` : null,
    ...more,
  });

describe('the latest number of a day', () => {
  it('is that of the latest instant, whichever came first', () => {
    const day = [forecast('1', 7, '17:00'), forecast('2', 5, '09:00')];
    expect(given(latest, ...day)).toEqual([['zoe', '2026-03-01', 2, 7]]);
  });

  it('is one with an instant rather than one without', () => {
    const day = [forecast('2', 5), forecast('1', 7, '00:00')];
    expect(given(latest, ...day)).toEqual([['zoe', '2026-03-01', 2, 7]]);
  });

  it('is, at the same instant, that of the last source, then of the last name', () => {
    const source = 'erp';
    const tied = [forecast('10', 1, '09:00'), forecast('9', 2, '09:00')];
    expect(given(latest, ...tied)).toEqual([['zoe', '2026-03-01', 2, 2]]);
    expect(given(latest, ...tied, forecast('0', 3, '09:00', { source }))).toEqual([
      ['zoe', '2026-03-01', 3, 3],
    ]);
  });

  it('passes over what says no number', () => {
    expect(given(latest, forecast('1', 7), forecast('2', null))).toEqual([
      ['zoe', '2026-03-01', 1, 7],
    ]);
  });
});
