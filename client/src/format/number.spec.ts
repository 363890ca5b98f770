import { describe, expect, it } from '@jest/globals';
import { decimalsOf, formatGain, splitDecimal } from './number';

/** As a reader sees it: both halves together. */
const formatDecimal = (...of: Parameters<typeof splitDecimal>) => {
  const { whole, part } = splitDecimal(...of);
  return whole + part;
};

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('a score on the screen', () => {
  it.each([
    ['357.666', 'fr', '357,666'],
    ['357.6660', 'en', '357.666'],
    ['1054.50', 'fr', '1 054,5'],
    ['1054', 'en', '1,054'],
    ['-12.5', 'fr', '−12,5'],
    ['0', 'fr', '0'],
  ] as const)('%s in %s is %s', (decimal, locale, text) => {
    expect(plain(formatDecimal(decimal, locale))).toBe(text);
  });

  it('keeps digits that a float would lose', () => {
    expect(plain(formatDecimal('900719925474.0993', 'en'))).toBe('900,719,925,474.0993');
  });

  it('is cut at its decimal mark', () => {
    expect(splitDecimal('-357.666', 'fr')).toEqual({ whole: '−357', part: ',666' });
    expect(splitDecimal('12', 'en')).toEqual({ whole: '12', part: '' });
  });

  it('counts the decimals that are shown', () => {
    expect(['12', '12.50', '12.0000', '-0.0001'].map(decimalsOf)).toEqual([0, 1, 0, 4]);
  });

  it('says a gain with its sign', () => {
    expect(plain(formatGain('12.5', 'fr'))).toBe('+12,5');
    expect(plain(formatGain('-3', 'en'))).toBe('−3');
  });
});
