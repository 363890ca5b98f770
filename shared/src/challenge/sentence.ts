import { catalogue } from '../kpi/catalogue/registry.js';
import { ruleTypeOf, type Rule } from './rules/registry.js';
import type { RuleWords } from './rules/rule-type.js';

const languages = ['fr', 'en'] as const;
export type Sentences = Record<(typeof languages)[number], string>;

/** A rule as a sentence in each language; amounts are in the organisation’s currency. */
export function sentencesOf(rule: Rule, currency: string): Sentences {
  const entries = languages.map((locale) => {
    return [locale, ruleTypeOf(rule).describe[locale](rule, wordsOf(rule, currency, locale))];
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
