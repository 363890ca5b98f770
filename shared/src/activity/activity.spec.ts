import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { localDay } from '../time/day.js';
import {
  activityInputSchema,
  contentOf,
  identityOf,
  toActivity,
  type Activity,
} from './activity.js';

const member = '01890000-0000-7000-8000-000000000001';
const base = {
  source: 'crm',
  externalId: '1',
  type: 'deal.won',
  member: { id: member },
  occurredAt: '2026-03-01',
  amount: '1054',
};

const activity = (more: object = {}, zone = 'Europe/Paris'): Activity =>
  toActivity(activityInputSchema.parse({ ...base, ...more }), member, localDay(zone));

describe('an activity', () => {
  it('keeps a bare date as the whole local day, without an instant', () => {
    expect(activity()).toMatchObject({ occurredOn: '2026-03-01', occurredAt: null });
  });

  it.each([
    ['2026-03-01T23:30:00Z', 'Europe/Paris', '2026-03-02'],
    ['2026-03-01T23:30:00Z', 'UTC', '2026-03-01'],
    ['2026-03-01T23:30:00-05:00', 'America/New_York', '2026-03-01'],
    ['2026-03-01T10:30:00Z', 'Pacific/Kiritimati', '2026-03-02'],
    ['2026-03-01T10:30:00Z', 'Pacific/Pago_Pago', '2026-02-28'],
    ['2026-10-25T00:30:00+02:00', 'Europe/Paris', '2026-10-25'],
  ])('that happened at %s happened in %s on %s', (occurredAt, zone, day) => {
    const happened = activity({ occurredAt, openedAt: occurredAt }, zone);
    const instant = new Date(occurredAt).toISOString();
    expect(happened).toMatchObject({ occurredOn: day, occurredAt: instant });
    expect(happened).toMatchObject({ openedOn: day, openedAt: instant });
  });

  it('is known by its source and external id together', () => {
    expect(identityOf({ source: 'a', externalId: 'b' })).not.toBe(
      identityOf({ source: 'ab', externalId: '' }),
    );
  });

  it('takes nothing, null and no attributes for the same', () => {
    const same = activity({ item: null, customer: null, attributes: {}, openedAt: null });
    expect(same).toEqual(activity());
  });
});

describe('the content of an activity', () => {
  it('has one text, whatever name the source gave it and however it wrote it', () => {
    const text = contentOf(activity({ amount: '1054.50', occurredAt: '2026-03-01T10:00:00Z' }));
    const other = { externalId: '2', amount: 1054.5, occurredAt: '2026-03-01T11:00:00+01:00' };
    expect(contentOf(activity(other))).toBe(text);
  });

  it.each([
    { type: 'deal.lost' },
    { occurredAt: '2026-03-02' },
    { occurredAt: '2026-03-01T00:00:00Z' },
    { openedAt: '2026-03-01' },
    { amount: null },
    { amount: '0' },
    { quantity: '1054' },
    { currency: 'EUR' },
    { item: 'x' },
    { customer: 'x' },
    { product: 'x' },
    { channel: 'x' },
    { campaign: 'x' },
    { site: 'x' },
    { region: 'x' },
    { segment: 'x' },
    { attributes: { x: null } },
    { attributes: { x: 1 } },
    { attributes: { x: '1' } },
  ])('changes with %j', (change) => {
    expect(contentOf(activity(change))).not.toBe(contentOf(activity()));
  });

  it('changes with the member', () => {
    expect(contentOf({ ...activity(), memberId: null })).not.toBe(contentOf(activity()));
  });

  it('does not depend on the order in which attributes are written', () => {
    const attributes = fc.dictionary(
      fc.string({ minLength: 1, maxLength: 5 }),
      fc.oneof(fc.integer(), fc.boolean(), fc.constant(null)),
      { maxKeys: 8, noNullPrototype: true },
    );
    const shuffled = attributes.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(Object.keys(all), { minLength: Object.keys(all).length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([all, keys]) => {
        const other = Object.fromEntries(keys.map((key) => [key, all[key]]));
        expect(contentOf(activity({ attributes: other }))).toBe(
          contentOf(activity({ attributes: all })),
        );
      }),
    );
  });
});

describe('a posted activity', () => {
  it.each([
    ['source', ''],
    ['externalId', 'x'.repeat(201)],
    ['externalId', 'a\0b'],
    ['customer', '\ud800'],
    ['occurredAt', '2026-02-30'],
    ['occurredAt', '2026-03-01T10:00:00'],
    ['occurredAt', '1899-12-31'],
    ['occurredAt', '2200-01-01'],
    ['amount', '-1'],
    ['amount', '1e3'],
    ['amount', '1000000000.0001'],
    ['currency', 'eur'],
    ['quantity', 'many'],
    ['attributes', { '': 1 }],
    ['attributes', { a: [1] }],
    ['attributes', Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`a${i}`, i]))],
    ['member', { name: 'Zoé' }],
    ['member', { id: member, email: 'a@example.com' }],
    ['points', 1],
  ])('is refused for its %s %j', (field, value) => {
    expect(activityInputSchema.safeParse({ ...base, [field]: value }).success).toBe(false);
  });
});
