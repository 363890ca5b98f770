import { describe, expect, it } from '@jest/globals';
import { whenSchema } from '../activity/input.js';
import { emailSchema } from '../people/member.js';
import { formSchema, textSchema } from './text.js';

/** As much as a body can hold. */
const long = (text: string) => text.repeat(Math.ceil(8_000_000 / text.length));

describe('a text that is too long', () => {
  it.each([
    ['a text', textSchema(200), long('x')],
    ['a text of a form', formSchema(60, /^(?:a|b)+$/, 'a and b'), long('ab')],
    ['an e-mail address', emailSchema, long('a.')],
    ['an instant', whenSchema, `2026-03-01T00:00:00.${long('0')}Z`],
  ])('is refused before its form is looked at: %s', (_what, schema, text) => {
    const since = performance.now();
    const { success, error } = schema.safeParse(text);
    expect(performance.now() - since).toBeLessThan(300);
    expect(success).toBe(false);
    expect(error?.issues).toHaveLength(1);
  });
});

describe('an e-mail address', () => {
  it('has at most 254 characters, and the form of one', () => {
    const of = (length: number) => `${'a'.repeat(length - 12)}@example.com`;
    expect(emailSchema.safeParse('no address').error?.issues[0]?.message).toBe('an e-mail address');
    expect(emailSchema.safeParse(of(255)).success).toBe(false);
    expect(emailSchema.parse('Zoe@Example.com')).toBe('zoe@example.com');
  });
});
