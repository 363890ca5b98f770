import type { Unit } from '@palmares/shared/kpi/unit';
import { formatFigure, type Writing } from '../format/figure';
import { useText } from '../i18n/text';
import { useSessionStore } from '../session/session.store';

/** Writes figures of a KPI in the reader's language and the organisation's currency. */
export function useFigure(): (
  value: string | number | null,
  kpi: { unit: Unit; scale: number },
  how?: Writing,
) => string {
  const { locale } = useText();
  const session = useSessionStore();
  return (value, { unit, scale }, how) => {
    if (value === null) return '—';
    const currency = session.current?.organisation.currency ?? 'EUR';
    return formatFigure(value, { unit, scale, currency, how }, locale.value);
  };
}
