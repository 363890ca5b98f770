import { catalogue } from '../kpi/catalogue/registry.js';
import type { Filters } from '../kpi/measure.js';
import { ruleTypeOf, type Rule } from './rules/registry.js';
import type { RuleWords } from './rules/rule-type.js';

const languages = ['fr', 'en'] as const;
export type Sentences = Record<(typeof languages)[number], string>;

const dimensions: Record<keyof Filters, Sentences> = {
  product: { fr: 'produit', en: 'product' },
  customer: { fr: 'client', en: 'customer' },
  channel: { fr: 'canal', en: 'channel' },
  campaign: { fr: 'campagne', en: 'campaign' },
  site: { fr: 'site', en: 'site' },
  region: { fr: 'région', en: 'region' },
  segment: { fr: 'segment', en: 'segment' },
};

/** What alone counts, where a rule filters. */
function restriction({ filters }: Rule, locale: keyof Sentences): string {
  const names = Object.keys(dimensions) as (keyof Filters)[];
  const parts = names.flatMap((name) => {
    const values = filters[name];
    if (!values) return [];
    const either = new Intl.ListFormat(locale, { type: 'disjunction' }).format(values);
    return [`${dimensions[name][locale]}\u00a0: ${either}`];
  });
  if (parts.length === 0) return '';
  const only = { fr: 'seulement', en: 'only' }[locale];
  const text = ` (${only} ${parts.join('\u00a0; ')})`;
  return locale === 'fr' ? text : text.replaceAll('\u00a0', '');
}

/** A rule as a sentence in each language; amounts are in the organisation’s currency. */
export function sentencesOf(rule: Rule, currency: string): Sentences {
  const entries = languages.map((locale) => {
    const words = wordsOf(rule, currency, locale);
    return [locale, ruleTypeOf(rule).describe[locale](rule, words) + restriction(rule, locale)];
  });
  return Object.fromEntries(entries) as Sentences;
}

function wordsOf(rule: Rule, currency: string, locale: (typeof languages)[number]): RuleWords {
  const money = { style: 'currency', currency, maximumFractionDigits: 2 } as const;
  const percent = { style: 'percent', maximumFractionDigits: 2 } as const;
  const format = (options: Intl.NumberFormatOptions) => (decimal: string) =>
    new Intl.NumberFormat(locale, options).format(Number(decimal));
  const kpi = catalogue.get(rule.kpi);
  const shown = kpi?.unit.startsWith('money')
    ? { ...money, minimumFractionDigits: 0 }
    : kpi?.unit === 'rate'
      ? percent
      : {};
  return {
    kpi: kpi?.card[locale].name ?? rule.kpi,
    one: kpi?.card[locale].one,
    number: format({}),
    money: format({ ...money, minimumFractionDigits: 0 }),
    percent: format(percent),
    amount: format(shown),
    list: (texts) => new Intl.ListFormat(locale).format(texts),
  };
}
