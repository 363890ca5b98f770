import { z } from 'zod';
import { filtersSchema } from '../../kpi/measure.js';
import { decimalSchema } from '../../quantity/decimal.js';
import { compareExact, shownExact, type Exact } from '../../quantity/exact.js';
import { compareFractions } from '../../quantity/fraction.js';
import type { Cut, Standing } from './rule-type.js';

/** The parameters that most rules share. */
export const kpiField = z.string().max(60).meta({ description: 'the code of a KPI' });
export const filtersField = filtersSchema.default({});
export const scoreField = decimalSchema(1);

/** A number of the KPI, or a fraction of 1, and the score that comes with it; in rising order. */
export const stepsField = z
  .array(z.strictObject({ at: decimalSchema(0), score: decimalSchema(0) }))
  .min(1)
  .max(20)
  .refine(
    (steps) => steps.every(({ at }, index) => index === 0 || at > (steps[index - 1]?.at ?? 0)),
    {
      error: 'each step must come after the one before',
    },
  );

/** What the places get, the first one first. */
export const placesField = z.array(scoreField).min(1).max(100);

export const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** The larger value first, or the smaller one where less is better. */
export const byValue = (a: Standing, b: Standing, direction: 'higher' | 'lower') =>
  compareFractions(a.value, b.value) * (direction === 'higher' ? -1 : 1);

/** The earlier day first. */
export const byDay = (a: Standing, b: Standing) => {
  const [x, y] = [a.on ?? '', b.on ?? ''];
  return x < y ? -1 : Number(x > y);
};

/** At most so much. */
export const capped = (full: Exact, cap: number | null | undefined): Exact =>
  cap && compareExact(full, cap) > 0 ? cap : full;

/** What a cap on the whole takes away. */
export const cutOf = (full: Exact, cap: number | null | undefined): Cut[] =>
  cap && compareExact(full, cap) > 0 ? [{ day: null, full: shownExact(full), left: cap }] : [];
