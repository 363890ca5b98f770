import type { Fraction } from './fraction.js';
import { fractionOf } from './fraction.js';
import { SCALE, addChecked, divideHalfEven, toSafe } from './scaled.js';

/**
 * An exact number of 1/10 000: a safe integer where it is one, else a reduced fraction. Each value
 * has one form, so that equal values are equal in every field. Integers never become big ones.
 */
export type Exact = number | Fraction;

function exactOf(n: bigint, d: bigint): Exact {
  const fraction = fractionOf(n, d);
  if (fraction.d !== 1n) return fraction;
  const number = Number(fraction.n);
  return Number.isSafeInteger(number) ? number : fraction;
}

const partsOf = (exact: Exact): Fraction =>
  typeof exact === 'number' ? { n: BigInt(exact), d: 1n } : exact;

/** @throws RangeError where two integers leave the safe range (`total-too-large` outside) */
export function addExact(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') return addChecked(a, b);
  const [x, y] = [partsOf(a), partsOf(b)];
  return exactOf(x.n * y.d + y.n * x.d, x.d * y.d);
}

/**
 * `a × b ÷ c`, not rounded; `b` and `c` are integers.
 * @throws RangeError when `c` is zero
 */
export function timesOver(a: Exact, b: number, c: number): Exact {
  if (c === 0) throw new RangeError('division by zero');
  if (typeof a === 'number') {
    const product = a * b;
    if (Number.isSafeInteger(product) && product % c === 0) return product / c + 0;
  }
  const { n, d } = partsOf(a);
  const product = n * BigInt(b);
  return c < 0 ? exactOf(-product, d * BigInt(-c)) : exactOf(product, d * BigInt(c));
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareExact(a: Exact, b: Exact): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [x, y] = [partsOf(a), partsOf(b)];
  const difference = x.n * y.d - y.n * x.d;
  return difference < 0n ? -1 : Number(difference > 0n);
}

export const isSameExact = (a: Exact, b: Exact): boolean =>
  typeof a === 'number' || typeof b === 'number' ? a === b : a.n === b.n && a.d === b.d;

/**
 * Rounded half to even to an integer of 1/10 000: how an exact number is shown.
 * @throws RangeError when it does not fit a safe number
 */
export const shownExact = (exact: Exact): number =>
  typeof exact === 'number' ? exact : toSafe(divideHalfEven(exact.n, exact.d));

/** The same as a fraction of units. */
export const unitsOf = (exact: Exact): Fraction => {
  const { n, d } = partsOf(exact);
  return fractionOf(n, d * BigInt(SCALE));
};

/** In units, as an answer has it: `"35/3"`; null where four decimals say it exactly. */
export function writeExact(exact: Exact): string | null {
  if (typeof exact === 'number') return null;
  const { n, d } = unitsOf(exact);
  return `${n}/${d}`;
}

/** Reads what `writeExact` writes; without a text the score as it is shown. */
export function readExact(scaled: number, text: string | null | undefined): Exact {
  if (!text) return scaled;
  const [n = '0', d = '1'] = text.split('/');
  return exactOf(BigInt(n) * BigInt(SCALE), BigInt(d));
}

const floorOf = (exact: Exact): number => {
  if (typeof exact === 'number') return exact;
  const { n, d } = exact;
  return toSafe(n >= 0n || n % d === 0n ? n / d : n / d - 1n);
};

/** The least integer that is not less. @throws RangeError when it does not fit a safe number */
export const ceilingExact = (exact: Exact): number => -floorOf(timesOver(exact, -1, 1)) + 0;

/**
 * Parts as integers that add up to a total which is their sum, rounded: each is its floor, and what
 * is left goes to those that lose most by it, the first among equals. A whole part stays as it is.
 * @throws RangeError when a part does not fit a safe number
 */
export function allotExact(total: number, parts: readonly Exact[]): number[] {
  if (parts.every((part) => typeof part === 'number')) return [...parts];
  const found = parts.map(floorOf);
  const lost = parts.map((part, index) => addExact(part, -(found[index] ?? 0)));
  const order = [...lost.keys()].sort((a, b) => compareExact(lost[b] ?? 0, lost[a] ?? 0));
  const left = total - found.reduce(addChecked, 0);
  for (const index of order.slice(0, left)) found[index] = (found[index] ?? 0) + 1;
  return found;
}
