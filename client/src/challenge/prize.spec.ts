import { describe, expect, it } from '@jest/globals';
import type { Board } from '@palmares/shared/board/board';
import { SCALE } from '@palmares/shared/quantity/scaled';
import { placesOf } from './prize';
import { winningsOf } from './winnings';

const podium = { kind: 'rank' as const, points: [1000, 500, 200] };
const bike = { kind: 'prize' as const, place: 1, prize: 'Un vélo' };
const each = { kind: 'per-score' as const, points: 1, per: 10 * SCALE, cap: 5 };

const boardOf = (ranks: (number | null)[], total = ranks.length): Board => ({
  challengeId: '0b4c0b52-7c0e-4f0e-9a53-2f1d6a7a0001',
  version: 1,
  status: 'certified',
  asOf: '2026-10-10T10:00:00Z',
  total,
  rows: ranks.map((rank, index) => ({
    subject: { type: 'member', id: `m${index}`, label: null },
    score: rank === null ? '0' : '40',
    reachedAt: null,
    reason: rank === null ? 'no-score' : null,
    rank,
  })),
});

describe('what a place gives', () => {
  it('is points and gifts together, from the first place on', () => {
    expect(placesOf([bike, each, podium])).toEqual([
      { place: 1, points: 1000, prizes: ['Un vélo'] },
      { place: 2, points: 500, prizes: [] },
      { place: 3, points: 200, prizes: [] },
    ]);
  });
});

describe('what somebody wins', () => {
  it('is shared with whoever has the same rank', () => {
    const board = boardOf([1, 1, 3]);
    expect(winningsOf([podium, bike, each], board, 'm1')).toEqual({
      points: 750 + 4,
      prizes: ['Un vélo'],
    });
    expect(winningsOf([podium], board, 'm2')).toEqual({ points: 200, prizes: [] });
  });

  it('is nothing without a rank, and unknown where equals may be out of sight', () => {
    expect(winningsOf([podium, bike], boardOf([1, null]), 'm1')).toEqual({ points: 0, prizes: [] });
    expect(winningsOf([podium], boardOf([1, 2, 2], 4), 'm1')).toBeUndefined();
    expect(winningsOf([podium], boardOf([1, 2, 2], 4), 'm0')).toEqual({ points: 1000, prizes: [] });
    expect(winningsOf([podium], boardOf([1]), undefined)).toBeUndefined();
  });
});
