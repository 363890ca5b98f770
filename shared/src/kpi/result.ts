import { compareFractions, minus, over, toDouble, toScaled } from '../quantity/fraction.js';
import type { Fraction } from '../quantity/fraction.js';
import { SCALE, formatScaled } from '../quantity/scaled.js';
import type { Values } from './aggregations/aggregation.js';
import { evaluate, namesIn, unitIn, type Formula } from './formula.js';
import type { Kpi } from './kpi.js';
import type { Unit } from './unit.js';

/** Why there is no value. */
export const reasons = [
  'no-denominator',
  'no-history',
  'negative-base',
  'too-few-answers',
  'no-target',
] as const;
export type Reason = (typeof reasons)[number];

/** A result before it is written: exact, or a reason; the count is how many facts it rests on. */
export interface Figure {
  value: Fraction | null;
  reason: Reason | null;
  numerator: Fraction | null;
  denominator: Fraction | null;
  /** Scaled, since a shared fact is a part of one. */
  count: number;
  /** Scaled too; undefined where the KPI leaves nothing out. */
  leftOut?: number;
}

/** What a subject has of each measure that the KPI names. */
export type Read = (measure: string) => Values;

/** The result of a formula over summed parts, divided once. */
export function figureOf(kpi: Kpi, read: Read, early = false): Figure {
  const { formula } = kpi;
  const valueOf = (part: Formula) => evaluate(part, (name, field) => read(name)[field]) ?? null;
  const split = formula.kind === 'quotient';
  const value = valueOf(formula);
  const numerator = split ? valueOf(formula.left) : value;
  const denominator = split ? valueOf(formula.right) : null;
  const count = countOf(kpi, read);
  const { leftOut } = kpi;
  const figure: Figure = {
    value,
    reason: null,
    numerator,
    denominator,
    count,
    ...(leftOut && { leftOut: read(leftOut.of).count - read(leftOut.counted).count }),
  };
  const reason = early ? 'no-history' : reasonOf(kpi, figure);
  return reason ? { ...figure, value: null, reason } : figure;
}

function reasonOf(kpi: Kpi, { value, denominator, count }: Figure): Reason | null {
  if (kpi.base && denominator && denominator.n <= 0n) {
    return denominator.n === 0n ? 'no-history' : 'negative-base';
  }
  if (!value) return 'no-denominator';
  return kpi.atLeast !== undefined && count < kpi.atLeast * SCALE ? 'too-few-answers' : null;
}

/** The facts below the line where there is one, else above; the same ones are counted once. */
function countOf(kpi: Kpi, read: Read): number {
  const { formula, measures } = kpi;
  const below = formula.kind === 'quotient' && !kpi.base ? [...namesIn(formula.right)] : [];
  const own = below.filter((name) => !measures[name]?.whole);
  const above = [...namesIn(formula)].filter((name) => {
    const operand = measures[name];
    return operand && !operand.at && !operand.whole;
  });
  const found = new Map<string, number>();
  for (const name of own.length > 0 ? own : above) {
    const { types, filters } = measures[name] ?? {};
    const source = JSON.stringify([types, filters]);
    found.set(source, Math.max(found.get(source) ?? 0, read(name).count));
  }
  return [...found.values()].reduce((sum, count) => sum + count, 0);
}

/** By how much a result has grown, as a fraction of what it was. */
export function changeOf(
  now: Pick<Figure, 'value' | 'reason'>,
  before: Pick<Figure, 'value' | 'reason'>,
): Pick<Figure, 'value' | 'reason'> {
  if (!now.value) return { value: null, reason: now.reason };
  if (!before.value || before.value.n === 0n) return { value: null, reason: 'no-history' };
  if (before.value.n < 0n) return { value: null, reason: 'negative-base' };
  return { value: over(minus(now.value, before.value), before.value), reason: null };
}

/** A number as an answer has it: money is a decimal string, the rest the nearest double. */
export function written(value: Fraction | null, unit: Unit | undefined): string | number | null {
  if (value === null) return null;
  return unit?.startsWith('money') ? formatScaled(toScaled(value)) : toDouble(value);
}

/** A figure as an answer has it. */
export interface WrittenFigure {
  value: string | number | null;
  reason: Reason | null;
  numerator: string | number | null;
  denominator: string | number | null;
  count: number;
  leftOut?: number;
}

/**
 * @param ofUnit of both sides of a figure that is derived from another KPI
 * @throws RangeError when an amount leaves the safe range
 */
export function writtenFigure(kpi: Kpi, figure: Figure, ofUnit?: Unit): WrittenFigure {
  const { formula, names, unit } = kpi;
  const { value, reason, numerator, denominator, count, leftOut } = figure;
  const sides = formula.kind === 'quotient' && !ofUnit ? formula : undefined;
  const above = ofUnit ?? (sides ? unitIn(sides.left, names) : unit);
  const below = ofUnit ?? (sides && unitIn(sides.right, names));
  return {
    value: written(value, unit),
    reason,
    numerator: written(numerator, above),
    denominator: written(denominator, below),
    count: count / SCALE,
    ...(leftOut === undefined ? {} : { leftOut: leftOut / SCALE }),
  };
}

/**
 * Competition ranks (1, 1, 3), the best first as the direction says, in a stable order; what has no
 * value comes last, unranked.
 */
export function ranked<Row extends { figure: Figure; label: string | null }>(
  rows: readonly Row[],
  direction: 'higher' | 'lower',
): (Row & { rank: number | null })[] {
  const better = direction === 'higher' ? -1 : 1;
  const merit = (a: Figure, b: Figure) =>
    a.value && b.value
      ? compareFractions(a.value, b.value) * better
      : Number(!a.value) - Number(!b.value);
  const sorted = rows.toSorted((a, b) => merit(a.figure, b.figure) || byLabel(a.label, b.label));
  let shared = 0;
  return sorted.map((row, index) => {
    const above = sorted[index - 1];
    if (!above || merit(above.figure, row.figure) !== 0) shared = index + 1;
    return { ...row, rank: row.figure.value ? shared : null };
  });
}

/** By code units, and what has no name last. */
function byLabel(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : Number(a > b);
}
