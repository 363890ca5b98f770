import { z } from 'zod';
import { formSchema } from './text.js';
import { AMOUNT_MAX, formatScaled, parseScaled } from './scaled.js';

const detail = 'a decimal with up to four decimals';

/**
 * A decimal of the outer face: a string (or a number) with up to four decimals, decoded to a
 * scaled integer and encoded back to its shortest string. `min` and `max` are scaled too.
 */
export function decimalSchema(min: number, max: number = AMOUNT_MAX) {
  const range = { error: `from ${formatScaled(min)} to ${formatScaled(max)}` };
  return z.codec(
    z.union([z.string().max(32), z.number()], { error: detail }),
    z.int().min(min, range).max(max, range),
    {
      decode: (value, context) => {
        const scaled = parseScaled(value);
        if (scaled !== undefined) return scaled;
        context.issues.push({ code: 'custom', message: detail, input: value });
        return z.NEVER;
      },
      encode: formatScaled,
    },
  );
}

/** A decimal string in an answer. */
export const decimalStringSchema = formSchema(32, /^-?\d+(\.\d{1,4})?$/).meta({
  id: 'DecimalString',
  description: 'A decimal string with up to four decimals',
});

/** A number that four decimals do not say, as a fraction in lowest terms; else it is not there. */
export const exactSchema = z
  .string()
  .regex(/^-?\d+\/[1-9]\d*$/)
  .optional()
  .meta({ description: 'before it was rounded, such as "35/3"; only where rounding changes it' });
