import { describe, expect, it } from '@jest/globals';
import { plainTones, rowsOf, toneOf } from './series';

describe('series of a chart', () => {
  it('become a row for each label, empty where a series has nothing', () => {
    const series = [
      { name: 'Léa', values: [1, null, 3] },
      { name: 'Karim', values: [2, 2] },
    ];
    expect(rowsOf({ labels: ['lu', 'ma', 'me'], series })).toEqual([
      ['lu', 1, 2],
      ['ma', null, 2],
      ['me', 3, null],
    ]);
  });

  it('have the tone they ask for, else one after the other, from the first again', () => {
    const plain = { name: '', values: [] };
    expect(toneOf({ ...plain, tone: 'gold' }, 3)).toBe('gold');
    expect(toneOf(plain, 0)).toBe(plainTones[0]);
    expect(toneOf(plain, plainTones.length + 1)).toBe(plainTones[1]);
  });
});
