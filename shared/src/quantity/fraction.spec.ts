import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  compareFractions,
  fromScaled,
  minus,
  over,
  plus,
  times,
  toDouble,
  toScaled,
  type Fraction,
} from './fraction.js';

const anyFraction = fc.record({
  n: fc.bigInt(-(10n ** 24n), 10n ** 24n),
  d: fc.bigInt(1n, 10n ** 24n),
});
const equal = (a: Fraction, b: Fraction) => a.n * b.d === b.n * a.d;

describe('a fraction', () => {
  it('adds and takes away, multiplies and divides, and comes back', () => {
    fc.assert(
      fc.property(anyFraction, anyFraction, (a, b) => {
        expect(equal(minus(plus(a, b), b), a)).toBe(true);
        if (b.n !== 0n) expect(equal(over(times(a, b), b), a)).toBe(true);
      }),
    );
  });

  it('is ordered as its difference says', () => {
    fc.assert(
      fc.property(anyFraction, anyFraction, (a, b) => {
        const { n } = minus(a, b);
        expect(compareFractions(a, b)).toBe(n < 0n ? -1 : Number(n > 0n));
      }),
    );
  });

  it('refuses to be divided by nothing', () => {
    expect(() => over({ n: 1n, d: 1n }, { n: 0n, d: 1n })).toThrow(RangeError);
  });

  it.each([
    [25_000_000, 10_000, 2500],
    [-1, 3, -1 / 3],
    [1, 3, 1 / 3],
    [4238, 6711, 4238 / 6711],
    [0, 7, 0],
  ])('%s ÷ %s is the double %s', (n, d, double) => {
    expect(toDouble(over(fromScaled(n), fromScaled(d)))).toBe(double);
  });

  it('becomes the nearest double, however large its parts are', () => {
    const factor = 10n ** 40n + 39n;
    const small = fc.bigInt(-(2n ** 53n) + 1n, 2n ** 53n - 1n);
    fc.assert(
      fc.property(small, fc.bigInt(1n, 2n ** 53n - 1n), (n, d) => {
        const double = toDouble({ n: n * factor, d: d * factor });
        expect(Math.abs(double - Number(n) / Number(d))).toBe(0);
      }),
    );
  });

  it('is rounded once, half to even, where it becomes an amount', () => {
    expect(toScaled({ n: 1n, d: 20_000n })).toBe(0);
    expect(toScaled({ n: 3n, d: 20_000n })).toBe(2);
    expect(toScaled({ n: 200n, d: 3n })).toBe(666_667);
    expect(() => toScaled({ n: 10n ** 13n, d: 1n })).toThrow(RangeError);
  });
});
