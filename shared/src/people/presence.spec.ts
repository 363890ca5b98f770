import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SCALE } from '../quantity/scaled.js';
import { addDays, localDay } from '../time/day.js';
import { anyDay, anyPeriod, daysOf } from './membership.arbitrary.js';
import {
  employedIn,
  halves,
  isoWeekday,
  presenceInputSchema,
  workCalendar,
  workingTime,
  type Presence,
} from './presence.js';
import { ALWAYS, firstOverlap } from './stretch.js';

const DAY = 2 * SCALE;
const fullTime: Presence = { enteredOn: null, leftOn: null, workRates: [], absences: [] };
const week = { workingWeek: [1, 2, 3, 4, 5], holidays: [] as string[] };
/** From Monday the 2nd to Sunday the 8th of March 2026. */
const first = { from: '2026-03-02', to: '2026-03-09' };
const timeOf = (presence: object, settings = week, period = first) =>
  workingTime(workCalendar(settings, period), { ...fullTime, ...presence });

describe('working time', () => {
  it.each([
    ['a plain week', {}, {}, 5 * DAY],
    ['a week with a holiday', {}, { holidays: ['2026-03-04'] }, 4 * DAY],
    ['a holiday on a Sunday', {}, { holidays: ['2026-03-08'] }, 5 * DAY],
    ['a week from Tuesday to Saturday', {}, { workingWeek: [2, 3, 4, 5, 6] }, 5 * DAY],
    ['joining on Wednesday', { enteredOn: '2026-03-04' }, {}, 3 * DAY],
    ['leaving on Wednesday', { leftOn: '2026-03-04' }, {}, 2 * DAY],
    ['having left before', { leftOn: '2026-03-02' }, {}, 0],
    ['half time', { workRates: [{ from: ALWAYS, rate: SCALE / 2 }] }, {}, 5 * SCALE],
    ['0.8 from Thursday', { workRates: [{ from: '2026-03-05', rate: 8_000 }] }, {}, 92_000],
    [
      'a morning away',
      { absences: [{ from: '2026-03-03', fromHalf: 'am', to: '2026-03-03', toHalf: 'pm' }] },
      {},
      9 * SCALE,
    ],
    [
      'away from Friday afternoon over the weekend',
      { absences: [{ from: '2026-03-06', fromHalf: 'pm', to: '2026-03-09', toHalf: 'am' }] },
      {},
      9 * SCALE,
    ],
    [
      'away on a holiday',
      { absences: [{ from: '2026-03-04', fromHalf: 'am', to: '2026-03-05', toHalf: 'am' }] },
      { holidays: ['2026-03-04'] },
      4 * DAY,
    ],
  ])('of %s', (_, presence, settings, time) => {
    expect(timeOf(presence, { ...week, ...settings })).toBe(time);
  });
});

const anyAbsences = fc
  .array(
    fc.record({
      from: anyDay,
      fromHalf: fc.constantFrom(...halves),
      length: fc.integer({ min: 0, max: 20 }),
      toHalf: fc.constantFrom(...halves),
    }),
    { maxLength: 6 },
  )
  .map((list) =>
    list
      .map(({ from, fromHalf, length, toHalf }) => ({
        from,
        fromHalf,
        to: addDays(from, length),
        toHalf,
      }))
      .filter((one) => one.from + one.fromHalf < one.to + one.toHalf)
      .filter((one, index, all) => {
        const stretches = all
          .slice(0, index + 1)
          .map(({ from, fromHalf, to, toHalf }) => ({ from: from + fromHalf, to: to + toHalf }));
        return firstOverlap(stretches) === undefined;
      }),
  );

const anyPresence: fc.Arbitrary<Presence> = fc.record({
  enteredOn: fc.option(anyDay),
  leftOn: fc.option(anyDay),
  workRates: fc.uniqueArray(
    fc.record({ from: anyDay, rate: fc.constantFrom(0, 5_000, 8_000, SCALE) }),
    { selector: ({ from }) => from, maxLength: 4 },
  ),
  absences: anyAbsences,
});
const anySettings = fc.record({
  workingWeek: fc.uniqueArray(fc.integer({ min: 1, max: 7 })),
  holidays: fc.uniqueArray(anyDay, { maxLength: 10 }),
});

/** The same, half-day by half-day, as one would do it by hand. */
function byHand(settings: typeof week, presence: Presence, period: { from: string; to: string }) {
  let time = 0;
  for (const day of daysOf(period)) {
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
    if (!settings.workingWeek.includes(weekday) || settings.holidays.includes(day)) continue;
    if (presence.enteredOn !== null && day < presence.enteredOn) continue;
    if (presence.leftOn !== null && day >= presence.leftOn) continue;
    const rates = presence.workRates.toSorted((a, b) => (a.from < b.from ? -1 : 1));
    const rate = rates.findLast(({ from }) => from <= day)?.rate ?? SCALE;
    for (const half of halves) {
      const away = presence.absences.some(
        (one) => one.from + one.fromHalf <= day + half && day + half < one.to + one.toHalf,
      );
      if (!away) time += rate;
    }
  }
  return time;
}

describe('working time, whatever the calendar and whoever it is,', () => {
  it('is what counting half-days by hand gives', () => {
    fc.assert(
      fc.property(anySettings, anyPresence, anyPeriod, (settings, presence, period) => {
        const time = workingTime(workCalendar(settings, period), presence);
        expect(time).toBe(byHand(settings, presence, period));
      }),
    );
  });

  it('of a period is that of its parts', () => {
    fc.assert(
      fc.property(anySettings, anyPresence, anyPeriod, anyDay, (settings, presence, whole, cut) => {
        fc.pre(whole.from < cut && cut < whole.to);
        const time = (period: typeof whole) =>
          workingTime(workCalendar(settings, period), presence);
        expect(time({ ...whole, to: cut }) + time({ ...whole, from: cut })).toBe(time(whole));
      }),
    );
  });

  it('knows days, not hours: a day on which a zone changes its clock is a day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'Europe/Paris',
          'Pacific/Pago_Pago',
          'Pacific/Kiritimati',
          'Asia/Kathmandu',
        ),
        fc.integer({ min: 0, max: 400 * 24 }),
        (zone, hours) => {
          const instant = Date.parse('2026-01-01T00:00:00Z') + hours * 3_600_000;
          const day = localDay(zone)(instant);
          const name = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short' });
          const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
          expect(names[isoWeekday(day) - 1]).toBe(name.format(instant));
        },
      ),
    );
  });

  it('is nothing outside of the employment', () => {
    fc.assert(
      fc.property(anySettings, anyPresence, anyPeriod, (settings, presence, period) => {
        if (employedIn(presence, period)) return;
        expect(workingTime(workCalendar(settings, period), presence)).toBe(0);
      }),
    );
  });
});

describe('a presence', () => {
  it('is sent with as little as there is to say', () => {
    expect(presenceInputSchema.parse({})).toEqual({ workRates: [], absences: [] });
    const absence = { from: '2026-03-02', to: '2026-03-03' };
    const workRates = [{ rate: '0.8' }];
    expect(presenceInputSchema.parse({ workRates, absences: [absence] })).toEqual({
      workRates: [{ from: ALWAYS, rate: 8_000 }],
      absences: [{ ...absence, fromHalf: 'am', toHalf: 'am' }],
    });
  });

  it.each([
    [{ enteredOn: '2026-03-02', leftOn: '2026-03-02' }, ['leftOn']],
    [{ workRates: [{ rate: '1.1' }] }, ['workRates', 0, 'rate']],
    [{ workRates: [{ rate: '1' }, { rate: '0.5' }] }, ['workRates', 1, 'from']],
    [{ absences: [{ from: '2026-03-02', to: '2026-03-02' }] }, ['absences', 0, 'to']],
    [
      {
        absences: [
          { from: '2026-03-02', to: '2026-03-04' },
          { from: '2026-03-03', fromHalf: 'pm', to: '2026-03-05' },
        ],
      },
      ['absences', 1],
    ],
    [{ absences: [{ from: '2026-02-29', to: '2026-03-04' }] }, ['absences', 0, 'from']],
  ])('%j is refused at %j', (input, path) => {
    expect(presenceInputSchema.safeParse(input).error?.issues[0]?.path).toEqual(path);
  });
});
