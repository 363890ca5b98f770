import { describe, expect, it } from '@jest/globals';
import { formSchema, textSchema } from './text.js';

/** As much as a body can hold. */
const long = (text: string) => text.repeat(Math.ceil(8_000_000 / text.length));

describe('a text that is too long', () => {
  it.each([
    ['a text', textSchema(200), long('x')],
    ['a text of a form', formSchema(60, /^(?:a|b)+$/, 'a and b'), long('ab')],
  ])('is refused before its form is looked at: %s', (_what, schema, text) => {
    const since = performance.now();
    const { success, error } = schema.safeParse(text);
    expect(performance.now() - since).toBeLessThan(300);
    expect(success).toBe(false);
    expect(error?.issues).toHaveLength(1);
  });
});
