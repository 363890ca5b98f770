import { describe, expect, it } from '@jest/globals';
import { halfAfter, lastHalf } from './half-day';

describe('the end of an absence', () => {
  it.each([
    [
      { day: '2026-03-02', half: 'am' },
      { day: '2026-03-02', half: 'pm' },
    ],
    [
      { day: '2026-02-28', half: 'pm' },
      { day: '2026-03-01', half: 'am' },
    ],
  ] as const)('whose last half-day is %j, is back at %j', (last, back) => {
    expect(halfAfter(last)).toEqual(back);
    expect(lastHalf(back)).toEqual(last);
  });
});
