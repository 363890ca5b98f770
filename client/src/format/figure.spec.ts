import { describe, expect, it } from '@jest/globals';
import type { Unit } from '@palmares/shared/kpi/unit';
import { formatChange, formatFigure, writingOf } from './figure';

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const show = (value: string | number, unit: Unit, scale: number, locale: 'fr' | 'en' = 'fr') =>
  plain(formatFigure(value, { unit, scale, currency: 'EUR' }, locale));

describe('a figure', () => {
  it('is written as its unit wants it', () => {
    expect(show('1134672', 'money', 0)).toBe('1 134 672 €');
    expect(show(0.63152, 'rate', 1)).toBe('63,2 %');
    expect(show(51.777, 'days', 1)).toBe('51,8 j');
    expect(show('2777.7778', 'money-per-day', 2)).toBe('2 777,78 € / jour');
    expect(show('66500', 'money', 2)).toBe('66 500 €');
    expect(show(94, 'count', 0, 'en')).toBe('94');
    expect(show(1.5, 'number', 2, 'en')).toBe('1.5');
  });

  it('shows the part of a shared activity', () => {
    expect(show(9.6, 'count', 0)).toBe('9,6');
    expect(show(15.25, 'count', 0)).toBe('15,3');
    expect(show(0.0333, 'count', 0)).toBe('0,03');
    expect(show(15, 'count', 0)).toBe('15');
  });

  it('keeps every digit of a decimal', () => {
    expect(show('900719925474099.1234', 'money', 4, 'en')).toBe('€900,719,925,474,099.1234');
  });

  it('is short beside an axis', () => {
    const style = { unit: 'money', scale: 2, currency: 'EUR', how: 'short' } as const;
    const words = (['fr', 'en'] as const).map((locale) =>
      plain(formatFigure(800_000, style, locale)),
    );
    expect(words).toEqual(['800 k €', '€800k']);
  });

  it('has cents in a column where another has them', () => {
    const how = writingOf(['66500', null, '31020.5']);
    const style = { unit: 'money', scale: 2, currency: 'EUR', how } as const;
    expect(plain(formatFigure('66500', style, 'fr'))).toBe('66 500,00 €');
    expect(writingOf(['66500', null])).toBeUndefined();
  });

  it('says how it changed', () => {
    expect([1.7198, -0.0337, 0].map((part) => plain(formatChange(part, 'fr')))).toEqual([
      '+172 %',
      '−3,4 %',
      '0 %',
    ]);
  });
});
