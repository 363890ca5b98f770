import { describe, expect, it } from '@jest/globals';
import { formatMoment, formatWindow, lastDay, sheetMoment } from './date';
import { startOfDay } from './zone';

const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

describe('the beginning of a local day', () => {
  it.each([
    ['2026-07-14', 'Europe/Paris', '2026-07-13T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Paris', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Paris', '2026-10-25T23:00:00.000Z'],
    ['2026-03-30', 'America/New_York', '2026-03-30T04:00:00.000Z'],
    ['2026-03-30', 'Asia/Kathmandu', '2026-03-29T18:15:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z'],
    ['2023-04-28', 'Africa/Cairo', '2023-04-27T22:00:00.000Z'],
  ])('%s in %s is %s', (day, zone, instant) => {
    expect(new Date(startOfDay(day, zone)).toISOString()).toBe(instant);
  });
});

describe('a window', () => {
  it('shows its last included day', () => {
    expect(lastDay('2026-11-01')).toBe('2026-10-31');
    expect(plain(formatWindow('2026-10-01', '2026-11-01', 'fr'))).toMatch(/^1.31 octobre 2026$/);
    expect(plain(formatWindow('2026-10-01', '2026-11-01', 'en'))).toMatch(
      /^1 ?.\s?31 October 2026$/,
    );
  });

  it('of one day is that day', () => {
    expect(plain(formatWindow('2026-10-01', '2026-10-02', 'en'))).toBe('1 October 2026');
  });
});

describe('a moment', () => {
  const now = Date.parse('2026-10-10T10:00:00Z');
  it('is a time today, a day before, and has its year when it is another', () => {
    const at = (text: string) => plain(formatMoment(Date.parse(text), now, 'fr', 'Europe/Paris'));
    expect(at('2026-10-10T09:03:00Z')).toBe('11:03');
    expect(at('2026-10-09T09:03:00Z')).toMatch(/^9 oct\.,? (à )?11:03$/);
    expect(at('2017-12-31T22:30:00Z')).toMatch(/^31 déc\. 2017,? (à )?23:30$/);
  });
});

describe('an instant in a file', () => {
  it('is the day and time of the organisation, as every spreadsheet reads them', () => {
    expect(sheetMoment('2026-11-30T23:12:46.776Z', 'Europe/Paris')).toBe('2026-12-01 00:12:46');
  });
});
