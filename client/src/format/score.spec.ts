import { describe, expect, it } from '@jest/globals';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import { shownScore, shownScores } from './score';

describe('a score on a board', () => {
  it('has one decimal while that tells it apart', () => {
    expect(shownScores([{ score: '82.334' }, { score: '77.974' }, { score: '18' }])).toEqual([
      '82.3',
      '78',
      '18',
    ]);
  });

  it('has as many as tell it from its neighbours', () => {
    const rows = [{ score: '109.167' }, { score: '109.1665' }, { score: '105.25' }];
    expect(shownScores(rows)).toEqual(['109.167', '109.166', '105.2']);
    expect(shownScore({ score: '2.4995' }, [{ score: '2.4' }])).toBe('2.5');
  });

  it('says ties only of what is equal as a fraction', () => {
    const tied = { score: '11.6667', exact: '35/3' };
    expect(shownScores([tied, tied])).toEqual(['11.7', '11.7']);
    const [a, b] = shownScores([{ score: '11.6667', exact: '1166671/100000' }, tied]);
    expect([a, b]).toEqual(['11.66671', '11.66667']);
  });

  it('never looks like another that differs, and never loses the order', () => {
    // A plain generator of numbers, small enough to be often close to each other.
    let state = 1;
    const next = () => (state = (state * 48_271) % 2_147_483_647);
    for (let run = 0; run < 300; run += 1) {
      const list = Array.from({ length: next() % 20 }, () => (next() % 60_000) - 30_000);
      const sorted = list.toSorted((x, y) => y - x);
      const shown = shownScores(sorted.map((one) => ({ score: formatScaled(one) })));
      sorted.slice(1).forEach((below, index) => {
        const [above, under] = [Number(shown[index]), Number(shown[index + 1])];
        if (sorted[index] === below) expect(under).toBe(above);
        else expect(under).toBeLessThan(above);
      });
    }
  });
});
