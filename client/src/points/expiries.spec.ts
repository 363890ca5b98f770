import { describe, expect, it } from '@jest/globals';
import { expiriesOf } from './expiries';
import type { LotView } from './points.api';

const lot = (expiresOn: string | null, available: number, pending = 0): LotView => ({
  id: '0b4c0b52-7c0e-4f0e-9a53-2f1d6a7a0001',
  reference: 'challenge/1/0',
  regime: 'test',
  earnedAt: '2026-03-01T00:00:00Z',
  expiresOn,
  amount: available + pending,
  available,
  pending,
  held: 0,
});

describe('points by expiry', () => {
  it('are added up by the last day on which they can be used, the earliest first', () => {
    const lots = [
      lot(null, 5),
      lot('2027-01-01', 120),
      lot('2026-07-01', 80, 10),
      lot('2027-01-01', 1),
    ];
    expect(expiriesOf(lots)).toEqual([
      { usableUntil: '2026-06-30', points: 90 },
      { usableUntil: '2026-12-31', points: 121 },
      { usableUntil: null, points: 5 },
    ]);
  });

  it('leave out what has been used', () => {
    expect(expiriesOf([lot('2027-01-01', 0)])).toEqual([]);
  });
});
