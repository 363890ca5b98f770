import { formatScaled, parseScaled, SCALE } from '@palmares/shared/quantity/scaled';
import type { Way } from '@palmares/shared/challenge/gap';
import type { Neighbour, Place } from '@palmares/shared/board/position';
import { formatFigure } from '../format/figure';
import { formatStep } from '../format/number';
import { ordinal } from '../format/ordinal';
import { shownScore } from '../format/score';
import { useText, type TextKey } from '../i18n/text';
import { useSessionStore } from '../session/session.store';

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Ways and gaps in words: `2 ventes`, `17 000 € de chiffre d’affaires net`. */
export function useWay() {
  const { t, locale } = useText();
  const session = useSessionStore();

  function amount({ kpi, name, unit, amount: much }: Way): string {
    if (unit === 'count') return t(`action.${kpi}` as TextKey, much / SCALE);
    const currency = session.current?.organisation.currency ?? 'EUR';
    const figure = formatFigure(formatScaled(much), { unit, scale: 0, currency }, locale.value);
    return t('gap.amount', { amount: figure, kpi: lower(name[locale.value]) });
  }

  const points = (gap: string) => t('gap.points', { count: formatPoints(gap) }, Number(gap));
  const formatPoints = (gap: string) => formatStep(gap, locale.value).replace('+', '');

  /** My score: to one decimal, or as many as tell it from those next to me. */
  function score({ score: own, above, below }: Place): string {
    const at = parseScaled(own) ?? 0;
    const gaps = [parseScaled(above?.gap ?? '0') ?? 0, -(parseScaled(below?.gap ?? '0') ?? 0)];
    return shownScore(
      { score: own },
      gaps.map((gap) => ({ score: formatScaled(at + gap) })),
    );
  }

  /** `encore 2 ventes pour passer 3e`, or the gap itself where nothing more can be promised. */
  function up({ gap, way, rank }: Neighbour): string {
    const place = ordinal(rank, locale.value);
    if (Number(gap) === 0 && !way) return t('gap.equal', { rank: place });
    return t('gap.up', { way: way ? amount(way) : points(gap), rank: place });
  }

  /** `44 points d’avance sur Hugo : 4 ventes et il vous rejoint`. */
  function down({ gap, name, way }: Neighbour): string {
    const whom = name ?? t('gap.nextOne');
    if (Number(gap) === 0) return t('gap.downEqual', { name: whom });
    return way
      ? t('gap.downBy', { points: points(gap), name: whom, way: amount(way) })
      : t('gap.down', { points: points(gap), name: whom });
  }

  return { amount, up, down, points, score };
}
