import { catalogue } from '@palmares/shared/kpi/catalogue/registry';
import { formatDate } from '../format/date';
import { formatFigure } from '../format/figure';
import { formatCount } from '../format/number';
import { ordinal } from '../format/ordinal';
import { useText } from '../i18n/text';
import { useActivityWord } from '../i18n/activity-word';
import { useWord } from '../i18n/word';
import { useSessionStore } from '../session/session.store';
import type { KpiView, MeasureView, RuleView } from './challenge.api';

/** Figures of a proof as they are read. */
function useProofFigure() {
  const { locale } = useText();
  const session = useSessionStore();
  const currency = () => session.current?.organisation.currency ?? 'EUR';

  function figure(kpi: string, value: string | number | null): string {
    if (value === null) return '—';
    const known = catalogue.get(kpi);
    if (known?.unit === 'money') return money(String(value));
    const style = { unit: known?.unit ?? 'number', scale: known?.scale ?? 2, currency: currency() };
    const exact = style.unit === 'rate' ? Number(value) : value;
    return formatFigure(exact, style, locale.value);
  }

  const number = (decimal: string) => formatCount(Number(decimal), locale.value);
  /** Whole amounts without their zeros: `412 360 €`, and `9 850,50 €`. */
  const money = (value: string) => {
    const scale = Number.isInteger(Number(value)) ? 0 : 2;
    return formatFigure(value, { unit: 'money', scale, currency: currency() }, locale.value);
  };
  return { figure, number, money };
}

/** The nodes of a proof in words. */
export function useProofText() {
  const { t, locale } = useText();
  const word = useWord();
  const activityWord = useActivityWord();
  const { figure, number, money } = useProofFigure();

  /** What a KPI of a rule came to: `Chiffre d’affaires net : 412 360 €`. */
  const kpi = (one: KpiView): string => {
    const value =
      one.value === null && one.reason ? t(`reason.${one.reason}`) : figure(one.kpi, one.value);
    return t('why.is', { name: one.name[locale.value], value });
  };

  function place({ place: own }: RuleView): string[] {
    if (!own) return [];
    const rank = ordinal(own.place, locale.value);
    const shared = own.sharedWith.map(({ label }) => label ?? t('board.hidden')).join(', ');
    const text = t('why.place', { place: rank, of: own.of });
    return [shared ? `${text} (${t('why.sharedWith', { names: shared })})` : text];
  }

  /** What made a rule give what it gives, in a line. */
  function facts(rule: RuleView): string {
    const lost = rule.cuts.reduce((sum, { full, left }) => sum + Number(full) - Number(left), 0);
    const first = rule.kpis[0];
    return [
      ...(first ? [kpi(first)] : []),
      ...(rule.frozen !== null && first
        ? [t('why.frozen', { value: figure(first.kpi, rule.frozen) })]
        : []),
      ...place(rule),
      ...(lost > 0 ? [t('why.cut', { count: formatCount(lost, locale.value) })] : []),
      ...(Number(rule.held) !== 0 ? [t('why.held', { count: number(rule.held) })] : []),
    ].join(' · ');
  }

  /** A measure, by what it looks at: `Ventes signées, montant additionné`. */
  const measure = ({ types, aggregation }: MeasureView): string =>
    t('why.measure', {
      types: types.map(activityWord).join(', '),
      how: word('aggregation', aggregation),
    });

  const day = (one: string) => formatDate(one, locale.value);
  return { facts, kpi, figure, type: activityWord, measure, money, number, day };
}
