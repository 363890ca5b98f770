import { describe, expect, it } from '@jest/globals';
import { found, type PaletteItem } from './palette-items';

const item = (group: PaletteItem['group'], label: string): PaletteItem => {
  return { key: label, group, label, to: { name: 'x' } };
};
const items = [
  item('members', 'Maëlle Caron'),
  item('members', 'Léa Fontaine'),
  item('kpis', 'Chiffre d’affaires net'),
  item('challenges', 'Le sprint de mars'),
  item('challenges', 'Sprint d’automne'),
  item('pages', 'Studio'),
];
const labels = (query: string) => found(items, query).map(({ label }) => label);

describe('the palette', () => {
  it('finds without accents, in any order of the words', () => {
    expect(labels('lea')).toEqual(['Léa Fontaine']);
    expect(labels('mars sprint')).toEqual(['Le sprint de mars']);
  });

  it('puts first what begins so', () => {
    expect(labels('sprint')).toEqual(['Sprint d’automne', 'Le sprint de mars']);
  });

  it('shows pages first while nothing is typed', () => {
    expect(labels('')[0]).toBe('Studio');
  });
});
