import { describe, expect, it } from '@jest/globals';
import { gapBetween, nextPage, pagesOf, stayOf } from './tv-page';

describe('pages on a wall', () => {
  it('hold ten rows each, and there is always one', () => {
    expect([0, 1, 10, 11, 46].map(pagesOf)).toEqual([1, 1, 1, 2, 5]);
  });

  it('take turns, the top staying longest', () => {
    expect([0, 1, 4, 7].map((page) => nextPage(page, 5))).toEqual([1, 2, 0, 0]);
    expect(stayOf(0, 5)).toBeGreaterThan(stayOf(1, 5) ?? 0);
    expect(stayOf(0, 1)).toBeUndefined();
  });
});

describe('a gap', () => {
  it('is what separates a score from the one above', () => {
    expect(gapBetween('12.5', '10')).toBe('2.5');
    expect(gapBetween('10', '10')).toBeUndefined();
    expect(gapBetween(undefined, '10')).toBeUndefined();
  });
});
