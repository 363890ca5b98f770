import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addExact, allotExact, compareExact, isSameExact, readExact } from './exact.js';
import { shownExact, timesOver, writeExact, type Exact } from './exact.js';
import { addChecked, divideHalfEven, multiplyDivide } from './scaled.js';

const whole = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const small = fc.integer({ min: -1_000_000, max: 1_000_000 });
const divisor = fc.oneof(
  fc.constantFrom(1, 2, 3, 7, 10_000, 30_000, 10_000_000),
  fc.integer({ min: 1, max: 1e9 }),
);
const anyExact: fc.Arbitrary<Exact> = fc
  .tuple(whole, fc.constantFrom(1, 3, 10_000, 46_000), divisor)
  .map(([a, b, c]) => timesOver(a, b, c));

describe('an exact number', () => {
  it('is a plain integer wherever it is one', () => {
    expect(timesOver(60_000, 5, 3)).toBe(100_000);
    expect(addExact(timesOver(10_000, 1, 3), timesOver(20_000, 1, 3))).toBe(10_000);
    expect(timesOver(0, 1, 3)).toBe(0);
    expect(timesOver(-5, 0, 3)).toBe(0);
  });

  it('is written in units, in lowest terms, only where four decimals do not say it', () => {
    expect(writeExact(timesOver(350_000, 1, 3))).toBe('35/3');
    expect(writeExact(timesOver(-10_000, 1, 3))).toBe('-1/3');
    expect(writeExact(timesOver(10_000, 1, 16))).toBeNull();
    expect(writeExact(timesOver(10_000, 1, 32))).toBe('1/32');
  });

  it('is rounded like one quotient, whatever the way to it', () => {
    fc.assert(
      fc.property(whole, small, divisor, divisor, (a, b, c, d) => {
        const way = timesOver(timesOver(a, 1, c), b, d);
        const right = divideHalfEven(BigInt(a) * BigInt(b), BigInt(c) * BigInt(d));
        expect(shownExact(way)).toBe(Number(right));
        expect(shownExact(timesOver(a, b, c))).toBe(multiplyDivide(a, b, c));
        expect(isSameExact(way, timesOver(timesOver(b, 1, d), a, c))).toBe(true);
      }),
    );
  });

  it('comes back from what is written', () => {
    fc.assert(
      fc.property(anyExact, (one) => {
        expect(readExact(shownExact(one), writeExact(one))).toEqual(one);
      }),
    );
  });

  it('is ordered as it is on paper', () => {
    fc.assert(
      fc.property(anyExact, anyExact, (a, b) => {
        const difference = addExact(a, timesOver(b, -1, 1));
        expect(Math.sign(compareExact(a, b))).toBe(Math.sign(compareExact(difference, 0)));
        expect(compareExact(a, b) === 0).toBe(isSameExact(a, b));
      }),
    );
  });
});

describe('parts by largest remainder', () => {
  it('add up to the rounded sum, each within one of its own value', () => {
    fc.assert(
      fc.property(fc.array(anyExact, { maxLength: 10 }), (parts) => {
        const total = shownExact(parts.reduce<Exact>(addExact, 0));
        const shown = allotExact(total, parts);
        expect(shown.reduce(addChecked, 0)).toBe(total);
        parts.forEach((part, index) => {
          const off = addExact(part, -(shown[index] ?? 0));
          expect(compareExact(off, 1) < 0 && compareExact(off, -1) > 0).toBe(true);
          if (typeof part === 'number') expect(shown[index]).toBe(part);
        });
      }),
    );
  });

  it('give what is left to whoever loses most', () => {
    const third = (n: number) => timesOver(n, 1, 3);
    expect(allotExact(3, [third(4), third(5)])).toEqual([1, 2]);
    expect(allotExact(1, [third(1), third(1), third(1)])).toEqual([1, 0, 0]);
  });
});
