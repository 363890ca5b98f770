import { describe, expect, it } from '@jest/globals';
import { organisationInputSchema } from './organisation.js';

describe('an organisation', () => {
  it('is French unless said otherwise', () => {
    expect(organisationInputSchema.parse({ name: 'Maison' })).toEqual({
      name: 'Maison',
      timeZone: 'Europe/Paris',
      currency: 'EUR',
      locale: 'fr',
    });
  });

  it.each([
    [{ name: '' }, ['name']],
    [{ name: 'x', timeZone: 'Mars/Olympus' }, ['timeZone']],
    [{ name: 'x', timeZone: '+02:00' }, ['timeZone']],
    [{ name: 'x', currency: 'euro' }, ['currency']],
    [{ name: 'x', locale: 'de' }, ['locale']],
  ])('%j is refused at %j', (input, path) => {
    expect(organisationInputSchema.safeParse(input).error?.issues[0]?.path).toEqual(path);
  });
});
