import { tagOf, remember, type Locale } from './locale';

const formatter = remember(
  (tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 4, useGrouping: true }),
);
const signed = remember(
  (tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 4, signDisplay: 'exceptZero' }),
);

/** `Intl` reads a decimal string exactly, however many digits it has; the types lag behind. */
const exact = (decimal: string) => decimal as Intl.StringNumericLiteral;

/** With its sign and as few decimals as leave something of it: `"2.4995"` → `+2,5`. */
export function formatStep(decimal: string, locale: Locale): string {
  const size = Math.abs(Number(decimal));
  const decimals = [1, 2, 3].find((one) => size >= 0.5 / 10 ** one) ?? 4;
  return formatGain(Number(decimal).toFixed(decimals), locale);
}

/** With its sign, never a trailing zero: `"12.5"` → `+12,5` in French, `"-3"` → `−3`. */
export function formatGain(decimal: string, locale: Locale): string {
  return signed(tagOf(locale)).format(exact(decimal)).replace('-', '−');
}

/** A decimal cut at its mark, so that a column can line the marks up: `357` and `,666`. */
export function splitDecimal(decimal: string, locale: Locale): { whole: string; part: string } {
  let whole = '';
  let part = '';
  for (const { type, value } of formatter(tagOf(locale)).formatToParts(exact(decimal))) {
    if (type === 'decimal' || type === 'fraction') part += value;
    else whole += value.replace('-', '−');
  }
  return { whole, part };
}

/** How many decimals a decimal string carries: `"12.50"` → 1. */
export function decimalsOf(decimal: string): number {
  return (decimal.split('.')[1] ?? '').replace(/0+$/, '').length;
}

export const formatCount = (count: number, locale: Locale): string =>
  formatter(tagOf(locale)).format(count);

const shares = remember((key) => {
  const [tag = 'fr-FR', scale] = key.split(' ');
  const digits = { minimumFractionDigits: Number(scale), maximumFractionDigits: Number(scale) };
  return new Intl.NumberFormat(tag, { style: 'percent', ...digits });
});

/** A fraction of 1 in per cent: `0.631` with one decimal → `63,1 %`. */
export const formatShare = (part: number, scale: number, locale: Locale): string =>
  shares(`${tagOf(locale)} ${scale}`).format(part);
