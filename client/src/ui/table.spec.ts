import { describe, expect, it } from '@jest/globals';
import { readOrder, sorted, writeOrder, type Column } from './table';

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
