import { describe, expect, it } from '@jest/globals';
import { colourOf } from './colour';
import { countdown } from './countdown';
import { initials, matches } from './name';
import { ordinal } from './ordinal';

describe('a rank', () => {
  it('in French is 1er, then 2e', () => {
    expect([1, 2, 21, 101].map((rank) => ordinal(rank, 'fr'))).toEqual([
      '1er',
      '2e',
      '21e',
      '101e',
    ]);
  });

  it('in English has four endings', () => {
    const ranks = [1, 2, 3, 4, 11, 12, 13, 21, 112];
    expect(ranks.map((rank) => ordinal(rank, 'en')).join(' ')).toBe(
      '1st 2nd 3rd 4th 11th 12th 13th 21st 112th',
    );
  });
});

describe('what is left', () => {
  const seconds = (count: number) => countdown(count * 1000);
  it('shows the two largest units', () => {
    expect(seconds(9 * 86_400 + 4 * 3600 + 59)).toEqual({ unit: 'days', days: 9, hours: '04' });
    expect(seconds(4 * 3600 + 12 * 60)).toEqual({ unit: 'hours', hours: 4, minutes: '12' });
    expect(seconds(59)).toEqual({ unit: 'minutes', minutes: 0, seconds: '59' });
  });

  it('is over at zero and after', () => {
    expect(seconds(0.9)).toEqual({ unit: 'over' });
    expect(seconds(-5)).toEqual({ unit: 'over' });
  });
});

describe('a name', () => {
  it.each([
    ['Inès Marchand', 'IM'],
    ['Thomas Le Goff', 'TG'],
    ['Zoé', 'Z'],
    ["Maëlle d'Aubigné", 'MA'],
    ['« Équipe » Éclair', 'ÉÉ'],
    ['…', '?'],
  ])('%s has the initials %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });

  it('is found without accents, in any order', () => {
    expect(matches('Léa Fontaine', 'fontaine lea')).toBe(true);
    expect(matches('Léa Fontaine', 'lea b')).toBe(false);
    expect(matches('Léa Fontaine', '')).toBe(true);
  });

  it('keeps its colour', () => {
    expect(colourOf('a')).toBe(colourOf('a'));
    const ids = Array.from({ length: 200 }, (_, index) => `5d0c8f0e-${1000 + index}`);
    const some = new Set(ids.map(colourOf));
    expect(some.size).toBe(12);
  });
});
