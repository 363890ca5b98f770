import { z } from 'zod';

/**
 * Text that a database keeps as it came: no NUL, no half of a surrogate pair, at least one and at
 * most `max` characters.
 */
export function textSchema(max: number) {
  return emptyOrTextSchema(max).min(1, { error: 'must not be empty' });
}

/** The same, which may be empty. */
export function emptyOrTextSchema(max: number) {
  return z
    .string()
    .max(max, { error: `at most ${max} characters`, abort: true })
    .regex(/^[^\0\uD800-\uDFFF]*$/u, { error: 'contains a character that cannot be kept' });
}

/** Text of a form, at most `max` characters: its length is looked at first, and ends the look. */
export function formSchema(max: number, form: RegExp, error?: string) {
  return z.string().max(max, { error, abort: true }).regex(form, { error });
}
