import { plus, times, type Fraction } from '../quantity/fraction.js';

/** Working time of somebody in a period, in 1/10 000 of a half-day: up to today, and after it. */
export interface WorkingTime {
  elapsed: number;
  remaining: number;
}

/** A pace over less than this part of the period is not to be relied on. */
const EARLY = 0.2;

/** What there is, and what the days that remain bring at the pace of those worked so far. */
export function landing(actual: Fraction, { elapsed, remaining }: WorkingTime): Fraction {
  return plus(actual, expected(actual, { elapsed, remaining }));
}

/** What the remaining time brings at somebody's own pace; nothing where there is none yet. */
export function expected(actual: Fraction, { elapsed, remaining }: WorkingTime): Fraction {
  if (elapsed === 0 || remaining === 0) return { n: 0n, d: 1n };
  return times(actual, { n: BigInt(remaining), d: BigInt(elapsed) });
}

/** True while too little of the period has been worked for its pace to mean much. */
export function isEarly(all: readonly WorkingTime[]): boolean {
  const elapsed = all.reduce((sum, one) => sum + one.elapsed, 0);
  const remaining = all.reduce((sum, one) => sum + one.remaining, 0);
  return remaining > 0 && elapsed < EARLY * (elapsed + remaining);
}
