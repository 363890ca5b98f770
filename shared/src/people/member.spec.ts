import { describe, expect, it } from '@jest/globals';
import { emailSchema, memberInputSchema } from './member.js';

describe('a member', () => {
  it('is a rep and an employee unless said otherwise', () => {
    expect(memberInputSchema.parse({ externalId: 'A 1', name: 'Zoé' })).toEqual({
      externalId: 'A 1',
      name: 'Zoé',
      roles: ['rep'],
      kind: 'employee',
    });
  });

  it('has an e-mail without capitals and each role once', () => {
    const input = { email: 'Zoe.Le-Goff@Example.COM', name: 'Zoé', roles: ['hr', 'rep', 'hr'] };
    expect(memberInputSchema.parse(input)).toMatchObject({
      email: 'zoe.le-goff@example.com',
      roles: ['hr', 'rep'],
    });
  });

  it.each([
    [{ name: 'Zoé' }, []],
    [{ name: 'Zoé', email: null, externalId: null }, []],
    [{ externalId: 'a' }, ['name']],
    [{ externalId: 'a', name: '' }, ['name']],
    [{ externalId: 'a', name: 'x'.repeat(121) }, ['name']],
    [{ externalId: 'a\0', name: 'x' }, ['externalId']],
    [{ email: 'zoe', name: 'x' }, ['email']],
    [{ externalId: 'a', name: 'x', roles: [] }, ['roles']],
    [{ externalId: 'a', name: 'x', roles: ['king'] }, ['roles', 0]],
    [{ externalId: 'a', name: 'x', kind: 'robot' }, ['kind']],
  ])('%j is refused at %j', (input, path) => {
    expect(memberInputSchema.safeParse(input).error?.issues[0]?.path).toEqual(path);
  });
});

describe('an e-mail address', () => {
  it('has the form of one', () => {
    expect(emailSchema.safeParse('no address').error?.issues[0]?.message).toBe('an e-mail address');
    expect(emailSchema.parse('Zoe@Example.com')).toBe('zoe@example.com');
  });

  it('has at most 254 characters, which is looked at before its form', () => {
    const of = (length: number) => `${'a'.repeat(length - 12)}@example.com`;
    expect(emailSchema.safeParse(of(255)).success).toBe(false);
    // The expression of the form overflows its stack on such a text.
    expect(emailSchema.safeParse('a.'.repeat(4_000_000)).error?.issues).toHaveLength(1);
  });
});
