import { SCALE, divideHalfEven, toSafe } from './scaled.js';

/** An exact number; the denominator is never negative or zero. */
export interface Fraction {
  n: bigint;
  d: bigint;
}

/** What a scaled integer stands for: `10_545_000` is 1054.5. */
export const fromScaled = (scaled: number | bigint): Fraction => {
  return { n: BigInt(scaled), d: BigInt(SCALE) };
};

export const plus = (a: Fraction, b: Fraction): Fraction =>
  fractionOf(a.n * b.d + b.n * a.d, a.d * b.d);

export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { n: -b.n, d: b.d });

export const times = (a: Fraction, b: Fraction): Fraction => fractionOf(a.n * b.n, a.d * b.d);

/** @throws RangeError when the divisor is zero */
export function over(a: Fraction, b: Fraction): Fraction {
  if (b.n === 0n) throw new RangeError('division by zero');
  return b.n < 0n ? fractionOf(-a.n * b.d, a.d * -b.n) : fractionOf(a.n * b.d, a.d * b.n);
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : Number(difference > 0n);
}

/**
 * Rounded half to even to 1/10 000.
 * @throws RangeError when it does not fit a safe number
 */
export const toScaled = ({ n, d }: Fraction): number =>
  toSafe(divideHalfEven(n * BigInt(SCALE), d));

/** Bits that decide how a double is rounded: its own 53, and some that break ties. */
const BITS = 66;

const bitLength = (value: bigint) => value.toString(2).length;

/** The double that is nearest to the exact value: 1/3 is `1 / 3`. */
export function toDouble({ n, d }: Fraction): number {
  const [top, bottom] = [Number(n), Number(d)];
  if (Number.isSafeInteger(top) && Number.isSafeInteger(bottom)) return top / bottom;
  const magnitude = n < 0n ? -n : n;
  const shift = Math.max(0, BITS - bitLength(magnitude) + bitLength(d));
  const shifted = magnitude << BigInt(shift);
  // A remainder keeps a tie from being one.
  const quotient = ((shifted / d) << 1n) | (shifted % d === 0n ? 0n : 1n);
  const double = Number(quotient) / 2 ** (shift + 1);
  return n < 0n ? -double : double;
}

/** Lowest terms; the denominator must be above zero. Small numbers are reduced as doubles. */
export function fractionOf(n: bigint, d: bigint): Fraction {
  if (n === 0n) return { n, d: 1n };
  const divisor = commonDivisor(n < 0n ? -n : n, d);
  return divisor === 1n ? { n, d } : { n: n / divisor, d: d / divisor };
}

function commonDivisor(n: bigint, d: bigint): bigint {
  let [a, b] = [n, d];
  while (b > SAFE || a > SAFE) {
    if (b === 0n) return a;
    [a, b] = [b, a % b];
  }
  let [x, y] = [Number(a), Number(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return BigInt(x);
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
