import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween, isTimeZone, localDay, isDay } from './day.js';
import { daySchema } from './day-schema.js';

const ZONES = [
  'Pacific/Pago_Pago',
  'America/St_Johns',
  'America/Sao_Paulo',
  'UTC',
  'Europe/Paris',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
];

describe('the local day of an instant', () => {
  it.each(ZONES)('is the one that Intl writes, in %s', (zone) => {
    const intl = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    const day = localDay(zone);
    const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2035, 0, 1) });
    fc.assert(
      fc.property(instant, (ms) => {
        expect(day(ms)).toBe(intl.format(ms));
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes at local midnight on the days when the clock changes', () => {
    const paris = localDay('Europe/Paris');
    expect(paris(Date.parse('2026-03-28T22:59:59Z'))).toBe('2026-03-28');
    expect(paris(Date.parse('2026-03-28T23:00:00Z'))).toBe('2026-03-29');
    expect(paris(Date.parse('2026-03-29T22:00:00Z'))).toBe('2026-03-30');
    expect(paris(Date.parse('2026-10-25T22:59:59Z'))).toBe('2026-10-25');
    expect(paris(Date.parse('2026-10-25T23:00:00Z'))).toBe('2026-10-26');
  });
});

describe('a day', () => {
  it.each(['2026-02-29', '2026-13-01', '26-01-01', '1899-12-31', '2200-01-01', ''])(
    'refuses %s',
    (text) => {
      expect(daySchema.safeParse(text).success).toBe(false);
    },
  );

  it('counts back and forth', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31);
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 40_000 }), (count) => {
        expect(daysBetween('2026-01-01', addDays('2026-01-01', count))).toBe(count);
      }),
    );
  });

  it('knows a time zone when it sees one', () => {
    expect(isTimeZone('Europe/Paris')).toBe(true);
    expect(isTimeZone('Europe/Atlantis')).toBe(false);
    expect(isTimeZone('+02:00')).toBe(false);
  });
});

describe('a day by hand', () => {
  it.each([
    '2026-09-30',
    '2024-02-29',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '1900-01-01',
    '1899-12-31',
    '2199-12-31',
    '2200-01-01',
    '2026-9-30',
    '2026-09-31',
    '',
  ])('%p is one exactly when the schema says so', (text) => {
    expect(isDay(text)).toBe(daySchema.safeParse(text).success);
  });
});
