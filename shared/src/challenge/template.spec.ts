import { describe, expect, it } from '@jest/globals';
import { locales } from '../people/organisation.js';
import { daysBetween } from '../time/day.js';
import { challengeDefinitionSchema } from './challenge.js';
import { compileChallenge } from './compile.js';
import { worstCase } from './payout.js';
import { sentencesOf } from './sentence.js';
import { fromTemplate, templateCodes, templates } from './template.js';
import { termsOf } from './terms.js';

const cases = templateCodes.flatMap((code) =>
  locales.flatMap((locale) => ['EUR', 'JPY'].map((currency) => ({ code, locale, currency }))),
);
const month = { from: '2026-10-01', to: '2026-11-01' };

describe('the templates', () => {
  it.each(cases)('$code in $locale and $currency compiles, is said and costed', (one) => {
    const { code, locale, currency } = one;
    const definition = challengeDefinitionSchema.parse(
      fromTemplate(code, { ...month, locale, currency }),
    );
    expect(definition).toMatchObject({ ...month, name: templates[code].name[locale] });
    expect(compileChallenge(definition).measures.size).toBeGreaterThan(0);
    for (const rule of definition.rules) {
      expect(sentencesOf(rule, currency)[locale]).toMatch(/\d/);
    }
    const { payout, rules } = definition;
    expect(payout.length).toBeGreaterThan(0);
    const days = daysBetween(definition.from, definition.to);
    expect(worstCase(payout, rules, 60, days)).toMatchObject({ ok: true });
    const organisation = { name: 'Maison', currency, timeZone: 'Europe/Paris' };
    expect(termsOf({ definition, organisation }, {}, locale).sections.length).toBeGreaterThan(9);
  });

  it('ask for more of a currency whose unit is small', () => {
    const perIn = (currency: string) =>
      fromTemplate('revenue-sprint', { ...month, locale: 'fr', currency }).rules[0];
    expect(perIn('EUR')).toMatchObject({ per: '1000' });
    expect(perIn('JPY')).toMatchObject({ per: '100000' });
  });
});
