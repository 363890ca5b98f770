import { describe, expect, it } from '@jest/globals';
import { SCALE } from '@palmares/shared/quantity/scaled';
import { placesOf } from './prize';

const podium = { kind: 'rank' as const, points: [1000, 500, 200] };
const bike = { kind: 'prize' as const, place: 1, prize: 'Un vélo' };
const each = { kind: 'per-score' as const, points: 1, per: 10 * SCALE, cap: 5 };

describe('what a place gives', () => {
  it('is points and gifts together, from the first place on', () => {
    expect(placesOf([bike, each, podium])).toEqual([
      { place: 1, points: 1000, prizes: ['Un vélo'] },
      { place: 2, points: 500, prizes: [] },
      { place: 3, points: 200, prizes: [] },
    ]);
  });
});
