import { describe, expect, it } from '@jest/globals';
import { isOld } from './old-build';

const gone = new TypeError('Failed to fetch dynamically imported module: /assets/PointsPage-1.js');

describe('a page of an older build', () => {
  it('is known by a part that is gone, in the words of any browser', () => {
    expect(isOld(gone, null, 1_000_000)).toBe(true);
    expect(isOld(new TypeError('Importing a module script failed.'), null, 1_000_000)).toBe(true);
    expect(isOld(new TypeError('error loading dynamically imported module'), null, 1e6)).toBe(true);
    expect(isOld(new Error('something else'), null, 1_000_000)).toBe(false);
  });

  it('is not loaded again and again', () => {
    expect(isOld(gone, '990000', 1_000_000)).toBe(false);
    expect(isOld(gone, '900000', 1_000_000)).toBe(true);
  });
});
