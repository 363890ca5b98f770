import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatScaled } from '../quantity/scaled.js';
import { addDays, localDay, localInstant } from '../time/day.js';
import { booleanOf, decimalOf, periodOf, whenOf } from './cell.js';

describe('a number as people write it', () => {
  it.each([
    ['1234,5', '1234.5'],
    ['1 234,50', '1234.5'],
    ['1\u202f234\u202f567,00 €', '1234567'],
    ['1\u00a0234,56', '1234.56'],
    ['1.234,56', '1234.56'],
    ['€ 12,00', '12'],
    ['12,5 EUR', '12.5'],
    ['-12,5', '-12.5'],
    ['12,5-', '-12.5'],
    ['(12,5)', '-12.5'],
    ['−3', '-3'],
    ['007', '7'],
    ['0', '0'],
    ['12.345', '12345'],
    ['12,50000', '12.5'],
  ])('%j with a decimal comma is %s', (text, value) => {
    expect(decimalOf(text, 'comma')).toBe(value);
  });

  it.each([
    ['1234.5', '1234.5'],
    ['1,234.50', '1234.5'],
    ['$1,234,567', '1234567'],
    ["1'234.5", '1234.5'],
    ['1054', '1054'],
    ['100', '100'],
  ])('%j with a decimal point is %s', (text, value) => {
    expect(decimalOf(text, 'point')).toBe(value);
  });

  it.each(['12,5', '1,23', '1e3', 'abc', '1.2.3', '12 %', '1 23', ''])(
    '%j with a decimal point is left for the schema to refuse',
    (text) => {
      expect(decimalOf(text, 'point')).toBe(text);
    },
  );

  it('that nobody writes is left for the schema to refuse, at once', () => {
    const long = `1.${'0'.repeat(32_000)}1`;
    const since = performance.now();
    for (let n = 0; n < 100; n++) {
      expect(decimalOf(long, 'point')).toBe(long);
      expect(whenOf(long, 'day-first', Number)).toBe(long);
    }
    expect(performance.now() - since).toBeLessThan(1_000);
    expect(decimalOf(`1.${'0'.repeat(50)}`, 'point')).toBe('1');
  });

  it('with a point is no number where commas were said', () => {
    expect(decimalOf('12.5', 'comma')).toBe('"12.5"');
  });

  it('of a workbook has the four decimals that a float can promise', () => {
    expect(decimalOf(0.1 + 0.2, 'comma')).toBe('0.3');
    expect(decimalOf(1234.567, 'comma')).toBe('1234.567');
    expect(decimalOf(1054 / 3, 'point')).toBe('351.3333');
    expect(decimalOf(1e30, 'point')).toBe('1e+30');
  });

  it('is read back however it is set', () => {
    const text = fc.constantFrom(' ', '\u202f', '\u00a0', '.', '');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 13 }), text, (scaled, apart) => {
        const [whole = '', part] = formatScaled(scaled).split('.');
        const grouped = whole.replaceAll(/(?<=\d)(?=(\d{3})+$)/g, apart);
        const written = part ? `${grouped},${part}` : grouped;
        expect(decimalOf(written, 'comma')).toBe(formatScaled(scaled));
      }),
    );
  });
});

describe('a date as people write it', () => {
  const paris = (text: string, order: 'day-first' | 'month-first' = 'day-first') =>
    whenOf(text, order, localInstant('Europe/Paris'));

  it.each([
    '2017-12-31',
    '31/12/2017',
    '31/12/17',
    '31.12.2017',
    '31-12-2017',
    '2017/12/31',
    '20171231',
    '31 décembre 2017',
    '31 déc. 2017',
    'dimanche 31 décembre 2017',
    '31\u00a0decembre 2017',
    '31-Dec-17',
    'December 31, 2017',
    'Sunday, December 31st, 2017',
  ])('%j is the last day of 2017', (text) => {
    expect(paris(text)).toBe('2017-12-31');
  });

  it('is read in the order that is said, and no other', () => {
    expect(paris('02/01/2026')).toBe('2026-01-02');
    expect(paris('02/01/2026', 'month-first')).toBe('2026-02-01');
    expect(paris('12/31/2017', 'month-first')).toBe('2017-12-31');
    expect(paris('12/31/2017')).toBe('12/31/2017');
    expect(paris('1er janvier 2018', 'month-first')).toBe('2018-01-01');
    expect(paris('01/01/69')).toBe('2069-01-01');
    expect(paris('01/01/70')).toBe('1970-01-01');
  });

  it.each(['31/02/2017', '00/01/2017', '2017-02-30', 'jui 2017', '3 jui 2017', 'hier', '12/2017'])(
    '%j is left for the schema to refuse',
    (text) => {
      expect(paris(text)).toBe(text);
    },
  );

  it('with a time is an instant of the zone', () => {
    const summer = '2026-07-14T12:05:00.000Z';
    for (const text of ['14/07/2026 14:05', '2026-07-14T14:05', '14 juillet 2026 à 14h05']) {
      expect(paris(text)).toBe(summer);
    }
    expect(paris('07/14/2026 2:05 PM', 'month-first')).toBe(summer);
    expect(paris('14/07/2026 00:00:09')).toBe('2026-07-13T22:00:09.000Z');
    expect(paris('07/14/2026 12:05 am', 'month-first')).toBe('2026-07-13T22:05:00.000Z');
    expect(paris('2026-07-14 14:05:00+02:00')).toBe('2026-07-14T14:05:00+02:00');
    expect(paris('2026-07-14T12:05:00.123Z')).toBe('2026-07-14T12:05:00.123Z');
    expect(paris('14/07/2026 25:05')).toBe('14/07/2026 25:05');
    expect(paris('14/07/2026 13:05 pm')).toBe('14/07/2026 13:05 pm');
  });

  it('of any zone is on the day that was written', () => {
    const zones = fc.constantFrom('Pacific/Pago_Pago', 'Europe/Paris', 'Pacific/Kiritimati');
    const days = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays('1990-01-01', count));
    const minutes = fc.integer({ min: 0, max: 1_439 });
    fc.assert(
      fc.property(zones, days, minutes, (zone, day, minute) => {
        const time = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
        const [year, month, date] = day.split('-');
        const text = `${date}/${month}/${year} ${time}`;
        const instant = Date.parse(whenOf(text, 'day-first', localInstant(zone)));
        // An hour that the clock leaps over is there an hour later.
        expect([day, addDays(day, 1)]).toContain(localDay(zone)(instant));
      }),
    );
  });
});

describe('yes and no', () => {
  it('are read in both languages', () => {
    expect(['Oui', 'TRUE', 'x', '1'].map(booleanOf)).toEqual([true, true, true, true]);
    expect(['Non', 'faux', '0'].map(booleanOf)).toEqual([false, false, false]);
    expect(booleanOf('peut-être')).toBe('peut-être');
  });
});

describe('a period', () => {
  it.each([
    ['10/2026', '2026-10'],
    ['3/2026', '2026-03'],
    ['octobre 2026', '2026-10'],
    ['déc. 2026', '2026-12'],
    ['T4 2026', '2026-Q4'],
    ['2026-T4', '2026-Q4'],
    ['q1-2026', '2026-Q1'],
    ['2026-Q4', '2026-Q4'],
    ['2026', '2026'],
    ['plus tard', 'plus tard'],
  ])('written %s is %s', (text, period) => {
    expect(periodOf(text)).toBe(period);
  });
});
