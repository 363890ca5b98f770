import { describe, expect, it } from '@jest/globals';
import { problems } from '../problem/catalogue.js';
import { localDay } from '../time/day.js';
import { readItem, resolveItem, type Accepted, type ReadingContext } from './read.js';

const context: ReadingContext = {
  currency: 'EUR',
  dayOf: localDay('Europe/Paris'),
  now: Date.parse('2026-03-01T22:30:00Z'),
};
const item = {
  source: 'crm',
  externalId: '1',
  type: 'deal.won',
  member: { externalId: 'zoe' },
  occurredAt: '2026-03-01',
  amount: '1054',
};

const read = (change: object) => readItem({ ...item, ...change }, 7, context);

describe('an item of a batch', () => {
  it('is accepted with its amounts scaled', () => {
    expect(read({ currency: 'EUR', quantity: 2 })).toMatchObject({
      index: 7,
      input: { amount: 10_540_000, quantity: 20_000 },
    });
  });

  it.each([
    [{ externalId: '' }, 'invalid', '/externalId'],
    [{ source: undefined }, 'invalid', '/source'],
    [{ occurredAt: 'yesterday' }, 'invalid', '/occurredAt'],
    [{ amount: '-1' }, 'invalid-amount', '/amount'],
    [{ amount: '1.00001' }, 'invalid-amount', '/amount'],
    [{ amount: true }, 'invalid-amount', '/amount'],
    [{ quantity: 'x' }, 'invalid', '/quantity'],
    [{ attributes: { 'a/b~c': [] } }, 'invalid', '/attributes/a~1b~0c'],
    [{ points: 3 }, 'invalid', '/points'],
    [{ member: { name: 'Zoé' } }, 'invalid', '/member'],
    [{ type: 'deal.imagined' }, 'activity-type-unknown', '/type'],
    [{ type: 'constructor' }, 'activity-type-unknown', '/type'],
    [{ currency: 'USD' }, 'currency-not-accepted', '/currency'],
    [{ occurredAt: '2026-03-03' }, 'activity-in-the-future', '/occurredAt'],
    [{ occurredAt: '2026-03-02T22:30:01Z' }, 'activity-in-the-future', '/occurredAt'],
    [{ member: null }, 'member-missing', '/member'],
    [{ member: undefined }, 'member-missing', '/member'],
  ])('%j is refused as %s at %s', (change, code, pointer) => {
    expect(read(change)).toMatchObject({ index: 7, code, pointer, detail: expect.any(String) });
    expect(Object.keys(problems)).toContain(code);
  });

  it.each([null, 3, 'x', [item], undefined])('%j is refused as a whole', (raw) => {
    expect(readItem(raw, 0, context)).toMatchObject({ index: 0, code: 'invalid', pointer: '' });
  });

  it.each([{ occurredAt: '2026-03-02' }, { occurredAt: '2026-03-02T22:30:00Z' }])(
    '%j is not too far ahead',
    (change) => {
      expect(read(change)).toHaveProperty('input');
    },
  );

  it.each(['survey.nps', 'price.observed', 'cost.recorded'])('%s needs no member', (type) => {
    expect(read({ type, member: undefined })).toHaveProperty('input');
  });
});

describe('an accepted item', () => {
  const resolve = (change: object) =>
    resolveItem(
      read(change) as Accepted,
      (reference) =>
        'externalId' in reference && reference.externalId === 'zoe' ? 'id' : undefined,
      context.dayOf,
    );

  it('becomes an activity of its member', () => {
    expect(resolve({})).toMatchObject({ index: 7, activity: { memberId: 'id' } });
  });

  it('becomes an activity of nobody where its type allows it', () => {
    const nobody = { type: 'cost.recorded', member: null };
    expect(resolve(nobody)).toMatchObject({ activity: { memberId: null } });
  });

  it.each([{ externalId: 'stranger' }, { email: 'zoe' }])('of %j is refused', (member) => {
    expect(resolve({ member })).toMatchObject({ code: 'member-unknown', pointer: '/member' });
  });
});
