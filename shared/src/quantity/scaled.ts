/**
 * Amounts, quantities and scores are safe integers of 1/10 000 of their unit ("scaled"), written
 * outside as decimal strings with up to four decimals. Nothing in the core computes with floats.
 */
export const SCALE = 10_000;

/** The largest amount an activity may carry: 10⁹ units. */
export const AMOUNT_MAX = 1_000_000_000 * SCALE;

const PATTERN = /^(-?)(\d{1,12})(?:\.(\d{1,4}))?$/;

/**
 * Reads a decimal string or a number with up to four decimals: `"1054.5"` → `10545000`.
 * Anything else (exponents, more decimals, out of safe range) is undefined.
 */
export function parseScaled(value: string | number): number | undefined {
  const match = PATTERN.exec(typeof value === 'number' ? String(value) : value);
  if (!match) return undefined;
  const [, sign, whole = '0', part = ''] = match;
  const scaled = Number(whole) * SCALE + Number(part.padEnd(4, '0'));
  if (!Number.isSafeInteger(scaled)) return undefined;
  return sign && scaled !== 0 ? -scaled : scaled;
}

/** Writes a scaled integer as the shortest decimal string: `3576660` → `"357.666"`. */
export function formatScaled(scaled: number): string {
  const magnitude = Math.abs(scaled);
  const whole = Math.floor(magnitude / SCALE);
  const part = String(magnitude % SCALE)
    .padStart(4, '0')
    .replace(/0{1,4}$/, '');
  return `${scaled < 0 ? '-' : ''}${whole}${part ? `.${part}` : ''}`;
}

/**
 * The one rounding of the house: `numerator ÷ denominator` to the nearest integer, ties to even.
 * @throws RangeError when the denominator is zero
 */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) throw new RangeError('division by zero');
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const quotient = n / d;
  const twice = (n % d) * 2n;
  const up = twice > d || (twice === d && quotient % 2n === 1n);
  const rounded = up ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}

/**
 * `a × b ÷ c` rounded half to even, exact even when the product passes 2⁵³.
 * @throws RangeError when `c` is zero or the result is not a safe integer
 * @example multiplyDivide(3_576_660_000, 10_000, 10_000_000) // 3_576_660
 */
export function multiplyDivide(a: number, b: number, c: number): number {
  const product = a * b;
  if (Number.isSafeInteger(product) && c !== 0 && product % c === 0) return product / c + 0;
  return toSafe(divideHalfEven(BigInt(a) * BigInt(b), BigInt(c)));
}

/** Adds two scaled integers. @throws RangeError past the safe range (`total-too-large` outside) */
export function addChecked(a: number, b: number): number {
  const sum = a + b;
  if (!Number.isSafeInteger(sum)) throw new RangeError('total too large');
  return sum;
}

/** @throws RangeError when the integer does not fit a safe number */
export function toSafe(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError('total too large');
  return number;
}
