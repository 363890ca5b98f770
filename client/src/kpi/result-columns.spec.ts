import { describe, expect, it } from '@jest/globals';
import { toFileRows } from '../ui/table';
import type { KpiAnswer, ResultAnswer } from './kpi.api';
import { columnsOf, resultFile } from './result-columns';

const kpi = { code: 'win-rate', scale: 1, card: { fr: { name: 'Taux de gain' } } } as KpiAnswer;
const result = {
  by: 'member',
  unit: 'rate',
  period: '2026-11',
  total: { value: 0.6, compare: null },
  rows: [
    {
      rank: 1,
      subject: { type: 'member', id: '1', label: 'Léa' },
      value: 0.631578947368421,
      numerator: '70342',
      denominator: '6.6',
      compare: null,
    },
  ],
} as unknown as ResultAnswer;
const t = ((key: string) => (key === 'by.member' ? 'Personne' : key)) as never;

describe('the file of a result', () => {
  it('has a rate as a number, and what it is computed from, exactly, in two columns', () => {
    const columns = columnsOf({ kpi, result, t, locale: 'fr', write: (() => '') as never });
    const { rows, decimals } = toFileRows(columns, result.rows);
    const at = rows[0]?.indexOf('kpis.numerator') ?? -1;
    expect(rows[1]?.slice(at, at + 2)).toEqual(['70342', '6.6']);
    expect(decimals.slice(at, at + 2)).toEqual([true, true]);
    expect(rows[0]).not.toContain('kpis.basis');
  });

  it('is called by the words of the reader', () => {
    expect(resultFile(kpi, result, t, 'fr')).toBe('Taux de gain - Personne - novembre 2026');
  });
});
