import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween } from './day.js';
import { lastYear, parsePeriod, previousPeriod } from './period.js';

const read = (text: string) => {
  const period = parsePeriod(text);
  if (!period) throw new Error(text);
  return period;
};

describe('a period', () => {
  it.each([
    ['2017', '2017-01-01', '2018-01-01'],
    ['2017-Q4', '2017-10-01', '2018-01-01'],
    ['2017-Q1', '2017-01-01', '2017-04-01'],
    ['2017-10', '2017-10-01', '2017-11-01'],
    ['2017-12', '2017-12-01', '2018-01-01'],
    ['2017-W40', '2017-10-02', '2017-10-09'],
    ['2020-W53', '2020-12-28', '2021-01-04'],
    ['2021-W01', '2021-01-04', '2021-01-11'],
    ['2015-W01', '2014-12-29', '2015-01-05'],
    ['2017-10-03', '2017-10-03', '2017-10-04'],
    ['2020-02-29', '2020-02-29', '2020-03-01'],
    ['2017-03-01/2018-01-01', '2017-03-01', '2018-01-01'],
  ])('%s begins on %s and ends before %s', (text, from, to) => {
    expect(read(text)).toMatchObject({ text, from, to });
  });

  it.each([
    '',
    '17',
    '2017-Q5',
    '2017-Q0',
    '2017-13',
    '2017-00',
    '2017-W00',
    '2017-W53',
    '2017-W54',
    '2017-02-29',
    '2017-1',
    '1899',
    '2200',
    '2018-01-01/2017-03-01',
    '2017-03-01/2017-03-01',
    '2017-03-01/2018-01-01/2019-01-01',
    '2017-03/2018-01',
    ' 2017',
  ])('%j is refused', (text) => {
    expect(parsePeriod(text)).toBeUndefined();
  });

  it.each([
    ['2017', '2016', '2016'],
    ['2017-Q1', '2016-Q4', '2016-Q1'],
    ['2017-Q3', '2017-Q2', '2016-Q3'],
    ['2017-01', '2016-12', '2016-01'],
    ['2017-W01', '2016-W52', '2016-W01'],
    ['2021-W01', '2020-W53', '2020-W01'],
    ['2020-W53', '2020-W52', '2019-W52'],
    ['2017-03-01', '2017-02-28', '2016-03-01'],
    ['2020-02-29', '2020-02-28', '2019-02-28'],
    ['2017-03-01/2018-01-01', '2016-05-01/2017-03-01', '2016-03-01/2017-01-01'],
    ['2017-03-01/2017-03-11', '2017-02-19/2017-03-01', '2016-03-01/2016-03-11'],
    ['2020-02-29/2020-03-01', '2020-02-28/2020-02-29', '2019-02-28/2019-03-01'],
    ['2020-02-01/2020-02-29', '2020-01-04/2020-02-01', '2019-02-01/2019-03-01'],
  ])('%s comes after %s, and a year after %s', (text, previous, earlier) => {
    expect(previousPeriod(read(text)).text).toBe(previous);
    expect(lastYear(read(text)).text).toBe(earlier);
  });

  const anyDay = fc.integer({ min: 0, max: 100_000 }).map((days) => addDays('1910-01-01', days));
  const anyPeriod = fc
    .tuple(anyDay, fc.integer({ min: 1, max: 800 }), fc.integer({ min: 0, max: 5 }))
    .map(([day, length, kind]) => {
      const year = day.slice(0, 4);
      const week = String(1 + (length % 52)).padStart(2, '0');
      const forms = [
        year,
        `${year}-Q${1 + (length % 4)}`,
        day.slice(0, 7),
        `${year}-W${week}`,
        day,
        `${day}/${addDays(day, length)}`,
      ];
      return read(forms[kind] ?? year);
    });

  it('begins where the one before ends, and is never empty', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const before = previousPeriod(period);
        expect(before.to).toBe(period.from);
        expect(before.kind).toBe(period.kind);
        expect(read(before.text)).toEqual(before);
        const earlier = lastYear(period);
        expect(read(earlier.text)).toEqual(earlier);
        const apart = daysBetween(earlier.from, period.from);
        expect(apart >= 363 && apart <= 371).toBe(true);
      }),
    );
  });
});
