import { describe, expect, it } from '@jest/globals';
import { pointsOf } from './sparkline';

const box = { width: 100, height: 10 };

describe('a small line', () => {
  it('goes from the lowest to the highest', () => {
    expect(pointsOf([1, 3, 2], box)).toEqual([
      [0, 10],
      [50, 0],
      [100, 5],
    ]);
  });

  it('passes over what has no value, and is flat where nothing changes', () => {
    expect(pointsOf([4, null, 4], box)).toEqual([
      [0, 5],
      [100, 5],
    ]);
    expect(pointsOf([], box)).toEqual([]);
  });
});
