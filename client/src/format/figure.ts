import type { Unit } from '@palmares/shared/kpi/unit';
import { remember, tagOf, type Locale } from './locale';

const formats = remember((key) => {
  const [tag, options] = JSON.parse(key) as [string, Intl.NumberFormatOptions];
  return new Intl.NumberFormat(tag, options);
});

/** `short` beside an axis: thousands by their sign; `even` in a column: cents for all or for none. */
export type Writing = 'short' | 'even';

/** How the figures of a KPI are written. */
export interface FigureStyle {
  unit: Unit;
  /** decimals shown; of a rate, those of its per cent */
  scale: number;
  currency: string;
  how?: Writing | undefined;
}

/** Whole euros carry no cents. */
const exactly = (scale: number, how: Writing | undefined) =>
  ({
    maximumFractionDigits: scale,
    minimumFractionDigits: scale,
    trailingZeroDisplay: how === 'even' ? 'auto' : 'stripIfInteger',
  }) as const;
const briefly = {
  notation: 'compact',
  minimumFractionDigits: 0,
  maximumFractionDigits: 1,
} as const;

const optionsOf = ({ unit, scale, currency, how }: FigureStyle): Intl.NumberFormatOptions => {
  const digits = { maximumFractionDigits: scale, minimumFractionDigits: scale };
  const short = how === 'short';
  switch (unit) {
    case 'money':
    case 'money-per-day':
      return { style: 'currency', currency, ...(short ? briefly : exactly(scale, how)) };
    case 'rate':
      return {
        style: 'percent',
        ...(short ? { minimumFractionDigits: 0, maximumFractionDigits: 1 } : digits),
      };
    case 'days':
      return { style: 'unit', unit: 'day', unitDisplay: 'short', ...(short ? briefly : digits) };
    case 'count':
    case 'number':
    case 'count-per-day':
      return short ? briefly : { maximumFractionDigits: scale };
  }
};

const perDay: Record<Locale, string> = { fr: '\u00a0/\u00a0jour', en: '\u00a0/\u00a0day' };

/** A part of a shared activity counts: one decimal, or as many as leave something of it. */
function countScale(value: string | number, scale: number): number {
  if (isWhole(value)) return scale;
  const size = Math.abs(Number(value));
  const needed = [1, 2, 3].find((decimals) => size >= 0.5 / 10 ** decimals) ?? 4;
  return Math.max(scale, needed);
}

/** A figure as it is read: `"1134672"` → `1 134 672 €`, `0.6315` → `63,2 %`, `9.6` → `9,6`. */
export function formatFigure(value: string | number, style: FigureStyle, locale: Locale): string {
  const exact = value as number | Intl.StringNumericLiteral;
  const scale = style.unit === 'count' ? countScale(value, style.scale) : style.scale;
  const options = optionsOf({ ...style, scale });
  const written = formats(JSON.stringify([tagOf(locale), options])).format(exact);
  const text = written.replace('-', '−');
  return style.unit.endsWith('-per-day') ? text + perDay[locale] : text;
}

const isWhole = (value: string | number | null) =>
  value === null || Number.isInteger(Number(value));

/** How a column of figures is written, so that its marks stand below each other. */
export const writingOf = (values: readonly (string | number | null)[]): Writing | undefined =>
  values.every(isWhole) ? undefined : 'even';

/** Growth with its sign, as a share of what it was: `1.72` → `+172 %`, `-0.1` → `−10 %`. */
export const formatChange = (part: number, locale: Locale): string =>
  formats(
    JSON.stringify([
      tagOf(locale),
      {
        style: 'percent',
        signDisplay: 'exceptZero',
        maximumFractionDigits: Math.abs(part) < 1 ? 1 : 0,
      },
    ]),
  )
    .format(part)
    .replace('-', '−');
