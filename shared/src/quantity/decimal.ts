import { z } from 'zod';
import { AMOUNT_MAX, parseScaled } from './scaled.js';

/**
 * A decimal of the outer face: a string (or a number) with up to four decimals, turned into a
 * scaled integer. `min` and `max` are scaled too.
 */
export function decimalSchema(min: number, max: number = AMOUNT_MAX) {
  return z
    .union([z.string().max(32), z.number()], { error: 'a decimal with up to four decimals' })
    .transform((value, context) => {
      const scaled = parseScaled(value);
      if (scaled !== undefined && scaled >= min && scaled <= max) return scaled;
      const detail =
        scaled === undefined ? 'a decimal with up to four decimals' : 'outside the accepted range';
      context.addIssue({ code: 'custom', message: detail });
      return z.NEVER;
    })
    .pipe(z.int());
}

/** A decimal string in an answer. */
export const decimalStringSchema = z
  .string()
  .regex(/^-?\d+(\.\d{1,4})?$/)
  .meta({ id: 'DecimalString', description: 'A decimal string with up to four decimals' });
