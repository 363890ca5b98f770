import { readExact, unitsOf } from '@palmares/shared/quantity/exact';
import { divideHalfEven, formatScaled, parseScaled } from '@palmares/shared/quantity/scaled';

/** A score as a board has it: rounded, and as a fraction where rounding has changed it. */
export interface ScoreValue {
  score: string;
  exact?: string | undefined;
}

/** Fractions that differ further on are shown as equal; their ranks are not. */
const MOST = 12;
/** Scores this far apart differ in their first decimal. */
const APART = 2_000;

const scaledOf = ({ score }: ScoreValue) => parseScaled(score) ?? 0;

/** The decimal string of a score with at most so many decimals, rounded half to even. */
export function scoreText(value: ScoreValue, decimals: number): string {
  const scaled = scaledOf(value);
  if (!value.exact && scaled % 1_000 === 0) return formatScaled(scaled);
  const { n, d } = unitsOf(readExact(scaled, value.exact));
  const digits = divideHalfEven(n * 10n ** BigInt(decimals), d);
  const size = String(digits < 0n ? -digits : digits).padStart(decimals + 1, '0');
  const part = size.slice(size.length - decimals).replace(/0+$/, '');
  const whole = size.slice(0, size.length - decimals);
  return `${digits < 0n ? '-' : ''}${whole}${part ? `.${part}` : ''}`;
}

/** How many decimals tell two scores apart; one where they are equal. */
function decimalsBetween(a: ScoreValue, b: ScoreValue): number {
  if (a.score === b.score && a.exact === b.exact) return 1;
  if (Math.abs(scaledOf(a) - scaledOf(b)) >= APART) return 1;
  let decimals = 1;
  while (decimals < MOST && scoreText(a, decimals) === scoreText(b, decimals)) decimals += 1;
  return decimals;
}

/**
 * Scores in the order of a board as they are shown: to one decimal, and where that would make two
 * that differ look the same, to as many as tell them apart.
 * @example 82.334, 82.31, 80.5 are 82.33, 82.31 and 80.5
 */
export function shownScores(values: readonly ScoreValue[]): string[] {
  const gaps = values.slice(1).map((value, index) => decimalsBetween(values[index]!, value));
  return values.map((value, index) =>
    scoreText(value, Math.max(1, gaps[index - 1] ?? 1, gaps[index] ?? 1)),
  );
}

/** A score among others, as it is shown. */
export function shownScore(value: ScoreValue, others: readonly ScoreValue[] = []): string {
  return scoreText(value, Math.max(1, ...others.map((other) => decimalsBetween(value, other))));
}
