import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AMOUNT_MAX,
  addChecked,
  divideHalfEven,
  formatScaled,
  multiplyDivide,
  parseScaled,
} from './scaled.js';

describe('a decimal string', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['1054', 10_540_000],
    ['1054.5', 10_545_000],
    ['-0.0001', -1],
    [0.1, 1_000],
  ])('%s is %s ten-thousandths', (text, scaled) => {
    expect(parseScaled(text)).toBe(scaled);
  });

  it.each(['', ' 1', '1e3', '1.23456', '.5', '1.', '1,5', 'NaN', '9999999999999', 1e21, NaN])(
    '%s is refused',
    (text) => {
      expect(parseScaled(text)).toBeUndefined();
    },
  );

  it('survives writing and reading', () => {
    fc.assert(
      fc.property(fc.integer({ min: -AMOUNT_MAX, max: AMOUNT_MAX }), (scaled) => {
        expect(parseScaled(formatScaled(scaled))).toBe(scaled);
      }),
    );
  });
});

describe('division half to even', () => {
  it.each([
    [5n, 2n, 2n],
    [7n, 2n, 4n],
    [-5n, 2n, -2n],
    [-7n, 2n, -4n],
    [10n, 4n, 2n],
    [11n, 4n, 3n],
    [1n, -3n, 0n],
  ])('%s ÷ %s = %s', (n, d, expected) => {
    expect(divideHalfEven(n, d)).toBe(expected);
  });

  it('is never further than half a unit away, and antisymmetric', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.bigInt(1n, 10n ** 12n), (n, d) => {
        const q = divideHalfEven(n, d);
        const distance = n - q * d;
        expect((distance < 0n ? -distance : distance) * 2n <= d).toBe(true);
        expect(divideHalfEven(-n, d)).toBe(-q);
      }),
    );
  });

  it('refuses a zero denominator', () => {
    expect(() => divideHalfEven(1n, 0n)).toThrow(RangeError);
    expect(() => multiplyDivide(1, 1, 0)).toThrow(RangeError);
  });
});

describe('a product over a divisor', () => {
  it('equals the exact computation, also past 2^53', () => {
    const factor = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(factor, factor, fc.integer({ min: 10_000, max: 1_000_000 }), (a, b, c) => {
        const exact = divideHalfEven(BigInt(a) * BigInt(b), BigInt(c));
        expect(multiplyDivide(a, b, c)).toBe(Number(exact));
      }),
    );
  });
});

describe('a checked sum', () => {
  it('throws instead of losing a digit', () => {
    expect(addChecked(1, 2)).toBe(3);
    expect(() => addChecked(Number.MAX_SAFE_INTEGER, 1)).toThrow(RangeError);
  });
});
