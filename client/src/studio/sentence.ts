import { payoutLineSchema } from '@palmares/shared/challenge/payout';
import { prizeSentence } from '@palmares/shared/challenge/prize-sentence';
import { ruleSchema, ruleTypes } from '@palmares/shared/challenge/rules/registry';
import { sentencesOf } from '@palmares/shared/challenge/sentence';
import { catalogue } from '@palmares/shared/kpi/catalogue/registry';
import { addsUp, mayBeScored } from '@palmares/shared/kpi/kpi';
import type { Locale } from '../format/locale';
import { sentOf, type Loose } from './draft';

/** What a rule says, as far as it is typed; undefined while something is missing. */
export function ruleSays(rule: Loose, currency: string, locale: Locale): string | undefined {
  const read = ruleSchema.safeParse(sentOf(rule));
  if (!read.success || !catalogue.has(read.data.kpi)) return undefined;
  return sentencesOf(read.data, currency)[locale];
}

/** What a prize says, as far as it is typed. */
export function prizeSays(line: Loose, locale: Locale): string | undefined {
  const read = payoutLineSchema.safeParse(sentOf(line));
  return read.success ? prizeSentence(read.data, locale) : undefined;
}

/** The KPIs that a type of rule can read. */
export function kpisFor(type: string, locale: Locale): { value: string; label: string }[] {
  const wants = Object.hasOwn(ruleTypes, type)
    ? ruleTypes[type as keyof typeof ruleTypes].wants
    : 'any';
  return [...catalogue.values()]
    .filter((kpi) => mayBeScored(kpi) && (wants === 'any' || addsUp(kpi)))
    .map(({ code, card }) => ({ value: code, label: card[locale].name }));
}
