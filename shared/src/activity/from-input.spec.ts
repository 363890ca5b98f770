import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SCALE } from '../quantity/scaled.js';
import { addDays, localDay } from '../time/day.js';
import { sharesOf } from './activity.arbitrary.js';
import { contentOf, type Activity } from './activity.js';
import { fromInput, versionOf } from './from-input.js';
import { activityInputSchema } from './input.js';

const base = {
  source: 'crm',
  externalId: '1',
  type: 'deal.won',
  occurredAt: '2026-03-01',
  amount: '1054',
};
const zoe = { externalId: 'zoe' };
const halves = [
  { member: zoe, weight: '0.5' },
  { member: { email: 'zoe@example.com' }, weight: '0.5' },
];

const activity = (more: object = {}, ids = ['zoe'], zone = 'Europe/Paris'): Activity =>
  fromInput(activityInputSchema.parse({ ...base, ...more }), ids, localDay(zone));

describe('an input', () => {
  it('of a bare date happened the whole local day, at no instant', () => {
    expect(activity()).toMatchObject({ occurredOn: '2026-03-01', occurredAt: null });
  });

  it('keeps its instant in UTC to the millisecond, however it was written', () => {
    const min = new Date('1901-01-01');
    const date = fc.date({ min, max: new Date('2199-12-30'), noInvalidDate: true });
    const digits = fc.constantFrom(0, 1, 2, 3, 4, 6);
    fc.assert(
      fc.property(
        date,
        digits,
        fc.constantFrom('Z', '+00:00', '+02:00', '-05:30'),
        (at, n, zone) => {
          const text = at.toISOString();
          const part = n === 0 ? '' : `.${text.slice(20, 23).padEnd(n, '0').slice(0, n)}`;
          const occurredAt = `${text.slice(0, 19)}${part}${zone}`;
          expect(activity({ occurredAt }).occurredAt).toBe(new Date(occurredAt).toISOString());
        },
      ),
    );
  });

  it('of one member is all of that member', () => {
    expect(activity({ member: zoe }).shares).toEqual(sharesOf({ zoe: SCALE }));
    expect(activity({}, []).shares).toEqual([]);
  });

  it('is shared in the order of the source', () => {
    const shares = activity({ shares: halves }, ['zoe', 'ali']).shares;
    expect(shares).toEqual(sharesOf({ zoe: 5000, ali: 5000 }));
  });

  it('names a member once, by whichever names they came', () => {
    const twice = activity({ shares: halves }, ['zoe', 'zoe']);
    expect(twice.shares).toEqual(sharesOf({ zoe: SCALE }));
    expect(contentOf(twice)).toBe(contentOf(activity({ member: zoe })));
  });

  it('with a product has one line, with all that it has', () => {
    const lines = [{ product: 'x', quantity: 2 * SCALE, amount: 1054 * SCALE, cost: null }];
    expect(activity({ product: 'x', quantity: 2 })).toMatchObject({ lines });
    const written = { lines: [{ product: 'x', quantity: 2, amount: '1054.0' }], amount: undefined };
    expect(contentOf(activity(written))).toBe(
      contentOf(activity({ product: 'x', quantity: '2.0' })),
    );
  });

  it('has the sums of its lines, unless they say nothing of it', () => {
    const lines = [
      { product: 'x', amount: '1.5' },
      { product: 'y', amount: 2 },
    ];
    const summed = activity({ lines, amount: undefined });
    expect(summed).toMatchObject({ amount: 35_000, quantity: null });
    expect(activity({ lines: [{ product: 'x' }] })).toMatchObject({ amount: 1054 * SCALE });
  });

  it('takes nothing, null, null attributes and none for the same', () => {
    const same = { item: null, customer: null, openedAt: null, lines: null, version: null };
    expect(activity({ ...same, attributes: {} })).toEqual(activity());
    expect(activity({ ...same, attributes: { x: null } })).toEqual(activity());
  });

  it.each([
    [undefined, null],
    [null, null],
    [0, 0],
    [7, 7],
    ['1970-01-01T00:00:01Z', 1000],
    ['1970-01-01T01:00:01.5+01:00', 1500],
  ])('of version %j has number %j', (version, number) => {
    expect(versionOf(version)).toBe(number);
  });

  it('has one content, however it is written', () => {
    const one = activity({ amount: '1054.50', occurredAt: '2026-03-01T10:00:00Z', quantity: 1 });
    const other = { amount: 1054.5, occurredAt: '2026-03-01T11:00:00+01:00', quantity: '1.000' };
    expect(contentOf(activity(other))).toBe(contentOf(one));
  });

  it('has one content, in whatever order its attributes are written', () => {
    const attributes = fc.dictionary(
      fc.string({ minLength: 1, maxLength: 5 }),
      fc.oneof(fc.integer(), fc.boolean(), fc.constant(null)),
      { maxKeys: 8, noNullPrototype: true },
    );
    const shuffled = attributes.chain((all) => {
      const keys = Object.keys(all);
      return fc.tuple(fc.constant(all), fc.shuffledSubarray(keys, { minLength: keys.length }));
    });
    fc.assert(
      fc.property(shuffled, ([all, keys]) => {
        const other = Object.fromEntries(keys.map((key) => [key, all[key]]));
        const [one, two] = [all, other].map((list) => contentOf(activity({ attributes: list })));
        expect(one).toBe(two);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('law 11, time: the day of an instant', () => {
  it.each([
    ['2026-03-01T23:30:00Z', 'Europe/Paris', '2026-03-02'],
    ['2026-03-01T23:30:00Z', 'UTC', '2026-03-01'],
    ['2026-03-01T23:30:00-05:00', 'America/New_York', '2026-03-01'],
    ['2026-03-01T09:59:59.999Z', 'Pacific/Kiritimati', '2026-03-01'],
    ['2026-03-01T10:00:00Z', 'Pacific/Kiritimati', '2026-03-02'],
    ['2026-03-01T10:59:59.999Z', 'Pacific/Pago_Pago', '2026-02-28'],
    ['2026-03-01T11:00:00Z', 'Pacific/Pago_Pago', '2026-03-01'],
    ['2026-10-24T21:59:59.999Z', 'Europe/Paris', '2026-10-24'],
    ['2026-10-24T22:00:00Z', 'Europe/Paris', '2026-10-25'],
    ['2026-10-25T22:59:59.999Z', 'Europe/Paris', '2026-10-25'],
    ['2026-10-25T23:00:00Z', 'Europe/Paris', '2026-10-26'],
    ['2011-12-30T09:59:59.999Z', 'Pacific/Apia', '2011-12-29'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31'],
  ])('%s in %s is %s', (instant, zone, day) => {
    const happened = activity({ occurredAt: instant, openedAt: instant }, ['zoe'], zone);
    const at = new Date(instant).toISOString();
    expect(happened).toMatchObject({ occurredOn: day, occurredAt: at });
    expect(happened).toMatchObject({ openedOn: day, openedAt: at });
  });

  const zones = [
    'Pacific/Pago_Pago',
    'America/St_Johns',
    'America/Havana',
    'UTC',
    'Europe/Paris',
    'Africa/Cairo',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Auckland',
    'Pacific/Chatham',
    'Pacific/Kiritimati',
  ];
  const calendars = new Map(
    zones.map((timeZone) => [timeZone, new Intl.DateTimeFormat('sv-SE', { timeZone })]),
  );
  /** Near the hours at which days and clocks change, and anywhere else. */
  const anyInstant = fc.oneof(
    fc.integer({ min: 0, max: Date.parse('2099-12-31') }),
    fc
      .tuple(fc.nat({ max: 400 }), fc.nat({ max: 96 }), fc.integer({ min: -2, max: 2 }))
      .map(([day, quarter, ms]) => {
        return Date.parse('2026-01-01') + day * 86_400_000 + quarter * 900_000 + ms;
      }),
  );

  it('is what the calendar of the zone says, across every change of its clock', () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...zones), (instant, zone) => {
        expect(localDay(zone)(instant)).toBe(calendars.get(zone)?.format(instant));
      }),
      { numRuns: 10_000 },
    );
  });

  it('is never before that of an earlier instant, and days have from 23 to 25 hours', () => {
    const hour = 3_600_000;
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...zones), (instant, zone) => {
        const dayOf = localDay(zone);
        const day = dayOf(instant);
        expect(dayOf(instant + hour) >= day).toBe(true);
        // Kiritimati once left a day out; no zone of the list has done so since.
        if (instant < Date.parse('1996-01-01')) return;
        expect(dayOf(instant + 25 * hour) > day).toBe(true);
        expect(dayOf(instant + 23 * hour) <= addDays(day, 1)).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });
});
