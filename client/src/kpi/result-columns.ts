import type { LocationQuery } from 'vue-router';
import { formatChange, writingOf } from '../format/figure';
import { formatCount, formatShare } from '../format/number';
import type { Locale } from '../format/locale';
import { formatPeriod } from '../format/period';
import type { Translate } from '../i18n/text';
import { fileName } from '../ui/save-file';
import type { Column } from '../ui/table';
import type { useFigure } from './use-figure';
import type { KpiAnswer, ResultAnswer, ResultRow } from './kpi.api';

interface Reading {
  kpi: KpiAnswer;
  result: ResultAnswer;
  t: Translate;
  locale: Locale;
  write: ReturnType<typeof useFigure>;
}

/** The part that a row has of the total; null where parts do not add up to it. */
export function shareOf(row: ResultRow, { unit, total }: ResultAnswer): number | null {
  if (unit !== 'money' && unit !== 'count') return null;
  if (row.value === null || total.value === null || Number(total.value) <= 0) return null;
  return Number(row.value) / Number(total.value);
}

/** From 0 to 1, against the largest of the table. */
export function barOf(row: ResultRow, rows: readonly ResultRow[]): number {
  const largest = Math.max(...rows.map(({ value }) => Number(value ?? 0)));
  return largest > 0 ? Math.max(0, Number(row.value ?? 0) / largest) : 0;
}

export const labelOf = (row: ResultRow, t: Translate): string =>
  row.subject.label ?? t('kpis.unknown');

function shareColumn({ result, t, locale }: Reading): Column<ResultRow>[] {
  if (result.rows.every((row) => shareOf(row, result) === null)) return [];
  return [
    {
      key: 'share',
      label: t('kpis.share'),
      value: (row) => shareOf(row, result),
      text: (row) => {
        const share = shareOf(row, result);
        return share === null ? '' : formatShare(share, 1, locale);
      },
      numeric: true,
      spare: true,
    },
  ];
}

function basisColumn({ result, t, locale }: Reading): Column<ResultRow>[] {
  if (result.rows.every(({ denominator }) => denominator === null)) return [];
  const part = (value: string | number) => formatCount(Number(value), locale);
  return [
    {
      key: 'basis',
      label: t('kpis.basis'),
      value: ({ numerator, denominator }) =>
        denominator === null ? null : `${numerator} ÷ ${denominator}`,
      text: ({ numerator, denominator }) =>
        numerator === null || denominator === null
          ? ''
          : `${part(numerator)} ÷ ${part(denominator)}`,
      numeric: true,
      spare: true,
      only: 'screen',
    },
    // In a file the two parts of a rate are what it is computed from, exactly.
    {
      key: 'numerator',
      label: t('kpis.numerator'),
      value: ({ numerator, denominator }) => (denominator === null ? null : numerator),
      numeric: true,
      only: 'file',
    },
    {
      key: 'denominator',
      label: t('kpis.denominator'),
      value: ({ denominator }) => denominator,
      numeric: true,
      only: 'file',
    },
  ];
}

function comparedColumns({ kpi, result, t, locale, write }: Reading): Column<ResultRow>[] {
  const compared = result.total.compare ?? result.rows.find(({ compare }) => compare)?.compare;
  if (!compared) return [];
  const style = { unit: result.unit, scale: kpi.scale };
  const how = writingOf(result.rows.map(({ compare }) => compare?.value ?? null));
  return [
    {
      key: 'before',
      label: formatPeriod(compared.period, locale),
      value: ({ compare }) => compare?.value ?? null,
      text: ({ compare }) => write(compare?.value ?? null, style, how),
      numeric: true,
      spare: true,
    },
    {
      key: 'change',
      label: t('kpis.change'),
      value: ({ compare }) => compare?.change.value ?? null,
      text: ({ compare }) => {
        const change = compare?.change.value ?? null;
        return change === null ? '' : formatChange(change, locale);
      },
      numeric: true,
    },
  ];
}

/** What the file of a result is called, in the reader’s words. */
export const resultFile = (
  kpi: KpiAnswer,
  { by, period }: ResultAnswer,
  t: Translate,
  locale: Locale,
) => fileName(kpi.card[locale].name, t(`by.${by}`), formatPeriod(period, locale));

/** What a result table shows, for the KPI and what it is compared with. */
export function columnsOf(reading: Reading): Column<ResultRow>[] {
  const { kpi, result, t, write } = reading;
  const style = { unit: result.unit, scale: kpi.scale };
  const how = writingOf(result.rows.map(({ value }) => value));
  const columns: Column<ResultRow>[] = [
    { key: 'rank', label: t('board.rank'), value: ({ rank }) => rank, spare: true },
    { key: 'subject', label: t(`by.${result.by}`), value: (row) => labelOf(row, t) },
    {
      key: 'value',
      label: t('kpis.value'),
      value: ({ value }) => value,
      text: ({ value }) => write(value, style, how),
      numeric: true,
    },
  ];
  return [
    ...columns,
    ...shareColumn(reading),
    ...basisColumn(reading),
    ...comparedColumns(reading),
  ];
}

/** Where a row leads: into itself, one step finer. */
export function drill(row: ResultRow, query: LocationQuery): LocationQuery | undefined {
  const { type, id, label } = row.subject;
  if (id === null || type === 'member') return undefined;
  const { by: _, ...others } = query;
  return { ...others, [type]: id, [`${type}Name`]: label ?? id };
}
