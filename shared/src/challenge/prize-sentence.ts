import type { Locale } from '../people/organisation.js';
import { formatScaled } from '../quantity/scaled.js';
import type { PayoutLine } from './payout.js';

const ordinal: Record<Locale, (place: number) => string> = {
  fr: (place) => (place === 1 ? '1er' : `${place}e`),
  en: (place) => {
    const kind = new Intl.PluralRules('en', { type: 'ordinal' }).select(place);
    const endings: Record<string, string> = { one: 'st', two: 'nd', few: 'rd' };
    return place + (endings[kind] ?? 'th');
  },
};

/** A line of the payout as a sentence. */
export function prizeSentence(line: PayoutLine, locale: Locale): string {
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  const decimal = (scaled: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(
      Number(formatScaled(scaled)),
    );
  const fr = locale === 'fr';
  const points = (count: number) => (count === 1 ? '1 point' : `${number(count)} points`);
  if (line.kind === 'prize') {
    const place = ordinal[locale](line.place);
    return fr ? `${place} : ${line.prize}.` : `${place}: ${line.prize}.`;
  }
  if (line.kind === 'rank') {
    const places = line.points.map((one, index) => `${ordinal[locale](index + 1)} ${points(one)}`);
    const list = new Intl.ListFormat(locale).format(places);
    return fr ? `Selon le rang final : ${list}.` : `By final rank: ${list}.`;
  }
  if (line.kind === 'threshold') {
    const at = decimal(line.score);
    if (line.when === 'live') {
      return fr
        ? `${points(line.points)} dès que le score atteint ${at}, repris si le score repasse en dessous.`
        : `${points(line.points)} as soon as the score reaches ${at}, taken back if it falls below again.`;
    }
    return fr
      ? `${points(line.points)} si le score final atteint ${at}.`
      : `${points(line.points)} if the final score reaches ${at}.`;
  }
  const most = line.cap
    ? fr
      ? `, au plus ${points(line.cap)} par participant`
      : `, at most ${points(line.cap)} for each participant`
    : '';
  return fr
    ? `${points(line.points)} par tranche de ${decimal(line.per)} de score${most}, le total étant arrondi au point inférieur.`
    : `${points(line.points)} for each ${decimal(line.per)} of score${most}, the total being rounded down to whole points.`;
}
