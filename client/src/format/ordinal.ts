import type { Locale } from './locale';

const english = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Record<string, string> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/** What is written above the line after a rank: 1er, 2e; 1st, 2nd, 3rd, 11th. */
export function ordinalEnding(rank: number, locale: Locale): string {
  if (locale === 'fr') return rank === 1 ? 'er' : 'e';
  return endings[english.select(rank)] ?? 'th';
}

/** A rank in one piece, for sentences that are read aloud: `3e`, `3rd`. */
export const ordinal = (rank: number, locale: Locale): string =>
  `${rank}${ordinalEnding(rank, locale)}`;
