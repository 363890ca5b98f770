import { describe, expect, it } from '@jest/globals';
import { parsePeriod } from '@palmares/shared/time/period';
import { formatPeriod, nextPeriod, periodAt } from './period';

describe('a period', () => {
  it.each([
    ['year', '2026-11-22', '2026'],
    ['quarter', '2026-11-22', '2026-Q4'],
    ['month', '2026-11-22', '2026-11'],
    ['day', '2026-11-22', '2026-11-22'],
    ['week', '2026-11-22', '2026-W47'],
    ['week', '2027-01-01', '2026-W53'],
    ['week', '2024-12-30', '2025-W01'],
  ] as const)('by %s, of %s, is %s', (kind, day, text) => {
    expect(periodAt(kind, day)).toBe(text);
    const found = parsePeriod(text);
    expect(found && found.from <= day && day < found.to).toBe(true);
  });

  it.each([
    ['2017', '2018'],
    ['2017-Q4', '2018-Q1'],
    ['2017-12', '2018-01'],
    ['2020-W53', '2021-W01'],
    ['2017-02-28', '2017-03-01'],
    ['2017-03-01/2017-03-11', '2017-03-11/2017-03-21'],
  ])('%s is followed by %s', (text, next) => {
    const period = parsePeriod(text);
    expect(period && nextPeriod(period)).toBe(next);
  });

  it('is said in the words of its language', () => {
    expect(formatPeriod('2017-Q4', 'fr')).toBe('T4 2017');
    expect(formatPeriod('2017-10', 'fr')).toBe('octobre 2017');
    expect(formatPeriod('2017-W05', 'en')).toBe('week 5, 2017');
    expect(formatPeriod('nonsense', 'en')).toBe('nonsense');
  });
});
