import { describe, expect, it } from '@jest/globals';
import { nameOf, namesOf } from './reference.js';

const id = '01890000-0000-7000-8000-00000000000a';

describe('the name by which a member is waited for', () => {
  it.each([
    [{ id }, [`id:${id}`]],
    [{ id: id.toUpperCase() }, [`id:${id}`]],
    [{ email: 'Zoe@Example.com' }, ['email:zoe@example.com']],
    [{ externalId: 'Zoe' }, ['externalId:Zoe']],
  ])('for %j is one that the member has', (reference, [name = '']) => {
    expect(nameOf(reference)).toBe(name);
    const member = { id, email: 'zoe@example.com', externalId: 'Zoe' };
    expect(namesOf(member)).toContain(name);
  });

  it('is none that the member has not', () => {
    expect(namesOf({ id, email: null, externalId: null })).toEqual([`id:${id}`]);
  });

  it('does not take an e-mail for an external id', () => {
    const text = 'zoe@example.com';
    expect(nameOf({ email: text })).not.toBe(nameOf({ externalId: text }));
  });
});
