import { describe, expect, it } from '@jest/globals';
import { fileName } from './save-file';
import { readOrder, sorted, toFileRows, writeOrder, type Column } from './table';

interface Row {
  name: string | null;
  total: string | null;
}
const columns: Column<Row>[] = [
  { key: 'name', label: 'Name', value: ({ name }) => name },
  { key: 'total', label: 'Total', value: ({ total }) => total },
];
const rows: Row[] = [
  { name: 'Zoé', total: '9.5' },
  { name: null, total: '-12' },
  { name: 'Émile', total: '100' },
  { name: 'agence 10', total: null },
  { name: 'Agence 9', total: '0' },
];
const by = (text: string) => sorted(rows, columns, readOrder(text), 'fr-FR');

describe('a sorted table', () => {
  it('puts names as a dictionary does, and nothing last, both ways', () => {
    const up = ['Agence 9', 'agence 10', 'Émile', 'Zoé', null];
    expect(by('name').map(({ name }) => name)).toEqual(up);
    const down = ['Zoé', 'Émile', 'agence 10', 'Agence 9', null];
    expect(by('-name').map(({ name }) => name)).toEqual(down);
  });

  it('compares amounts as numbers', () => {
    expect(by('-total').map(({ total }) => total)).toEqual(['100', '9.5', '0', '-12', null]);
  });

  it('stays as it came when nobody asked, or asks for a column that is not there', () => {
    expect(by('')).toBe(rows);
    expect(by('other')).toBe(rows);
  });

  it('keeps its order in a word of the address', () => {
    expect(['name', '-name'].map((text) => writeOrder(readOrder(text)!))).toEqual([
      'name',
      '-name',
    ]);
  });
});

describe('a table as a file', () => {
  it('has the columns of the file alone, not those of the screen, and other cells where told', () => {
    const of: Column<{ at: string; total: string }>[] = [
      { key: 'at', label: 'Quand', value: ({ at }) => at, saved: ({ at }) => at.slice(0, 4) },
      { key: 'total', label: 'Total', value: ({ total }) => total, numeric: true },
      { key: 'actions', label: 'Actions', value: () => null, only: 'screen' },
      { key: 'exact', label: 'Instant', value: ({ at }) => at, only: 'file' },
    ];
    expect(toFileRows(of, [{ at: '2026-11-30T23:12:46Z', total: '1.5' }])).toEqual({
      rows: [
        ['Quand', 'Total', 'Instant'],
        ['2026', '1.5', '2026-11-30T23:12:46Z'],
      ],
      decimals: [false, true, false],
    });
  });

  it('has a name that every file system takes, and that hides nothing', () => {
    expect(fileName('Chiffre d’affaires', 'Personne', '', '01/10 → 31/12')).toBe(
      'Chiffre d’affaires - Personne - 01_10 → 31_12',
    );
    expect(fileName('..\\a\u202evsc.exe\n', 'b*?')).toBe('_avsc.exe - b__');
    expect(fileName(' . ')).toBe('palmares');
    expect(fileName('é'.repeat(500)).length).toBe(120);
  });
});
