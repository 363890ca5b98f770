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

const line = (amount: string, quantity?: number, cost?: number) => {
  return { product: 'x', amount, quantity, cost };
};
const most = line('1000000000');
const share = (externalId: string, weight: string) => ({ member: { externalId }, weight });
/** Shares in place of a member. */
const shared = (...weights: string[]) => {
  return { member: undefined, shares: weights.map((weight, at) => share(`m${at}`, weight)) };
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
    [{ lines: [line('1000'), line('53.9999')] }, 'lines-do-not-add-up', '/amount'],
    [{ quantity: 1, lines: [line('1054', 2)] }, 'lines-do-not-add-up', '/quantity'],
    [{ amount: '0', lines: [line('0.0001')] }, 'lines-do-not-add-up', '/amount'],
    [{ amount: null, lines: [most, line('0.0001')] }, 'invalid-amount', '/lines'],
    [{ lines: [...Array(2)].map(() => line('527', 1e9)) }, 'invalid-amount', '/lines'],
    [{ lines: [...Array(2)].map(() => line('527', 1, 1e9)) }, 'invalid-amount', '/lines'],
    [{ product: 'x', lines: [line('1054')] }, 'invalid', '/product'],
    [{ shares: [share('zoe', '1')] }, 'invalid', '/member'],
    [{ ...shared('0.5', '0.4999') }, 'shares-do-not-add-up', '/shares'],
    [{ ...shared('0.5', '0.5001') }, 'shares-do-not-add-up', '/shares'],
    [{ ...shared('1', '1') }, 'shares-do-not-add-up', '/shares'],
    [{ ...shared('0.5', '0.50001') }, 'invalid', '/shares/1/weight'],
    [{ version: 'newest' }, 'invalid', '/version'],
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

  it('needs no member when it did not happen', () => {
    expect(read({ void: true, member: undefined })).toHaveProperty('input');
  });

  it.each([
    { lines: [line('1000'), line('54')] },
    { lines: [line('1054', 2), line('0')], quantity: 2 },
    { lines: [{ product: 'x' }] },
    { lines: [most], amount: undefined },
    shared('0.3333', '0.3333', '0.3334'),
    shared('1'),
    { version: 0 },
    { version: '2026-03-01T10:00:00Z' },
  ])('%j adds up', (change) => {
    expect(read(change)).toHaveProperty('input');
  });
});

describe('an accepted item', () => {
  const ids: Record<string, string> = { zoe: 'id', ali: 'other' };
  const resolve = (change: object) =>
    resolveItem(
      read(change) as Accepted,
      (reference) => ('externalId' in reference ? ids[reference.externalId] : undefined),
      context.dayOf,
    );
  const split = (...names: string[]) => {
    const shares = names.map((name) => share(name, '0.5'));
    return { member: undefined, shares };
  };

  const stranger = '01890000-0000-7000-8000-000000000009';
  const nobody = { member: { id: stranger }, weight: '0.5' };

  it('becomes an activity of its member', () => {
    const shares = [{ memberId: 'id', weight: 10_000 }];
    expect(resolve({})).toMatchObject({ activity: { shares, amount: 10_540_000 } });
  });

  it('becomes an activity of everybody who shares it', () => {
    const shares = ['id', 'other'].map((memberId) => ({ memberId, weight: 5000 }));
    expect(resolve(split('zoe', 'ali'))).toMatchObject({ activity: { shares } });
  });

  it('becomes an activity of nobody where its type allows it', () => {
    const nobody = { type: 'cost.recorded', member: null };
    expect(resolve(nobody)).toMatchObject({ activity: { shares: [] } });
  });

  it.each([
    [{ member: { externalId: 'eve' } }, 'externalId:eve'],
    [{ member: { email: 'Zoe@Example.com' } }, 'email:zoe@example.com'],
    [split('zoe', 'eve'), 'externalId:eve'],
    [split('eve', 'nobody'), 'externalId:eve'],
  ])('%j waits for %s, as it was posted', (change, missing) => {
    const raw = { ...item, ...change };
    const waiting = { source: 'crm', externalId: '1', version: null, missing, raw };
    expect(resolve(change)).toEqual({ waiting });
  });

  it.each([
    [{ member: { id: stranger } }, '/member'],
    [{ ...split('zoe'), shares: [share('zoe', '0.5'), nobody] }, '/shares/1/member'],
    [{ ...split('eve'), shares: [share('eve', '0.5'), nobody] }, '/shares/1/member'],
  ])('%j is refused: an id that we did not give will never be known', (change, pointer) => {
    const refusal = { index: 7, code: 'member-unknown', pointer };
    expect(resolve(change)).toMatchObject({ refusal });
    expect(resolve({ ...change, void: true })).toMatchObject({ activity: { shares: [] } });
  });

  it('waits with its version', () => {
    const member = { externalId: 'eve' };
    expect(resolve({ member, version: '1970-01-01T00:00:01Z' })).toMatchObject({
      waiting: { version: 1000 },
    });
  });

  it.each([{ member: { externalId: 'eve' } }, split('zoe', 'eve')])(
    '%j waits for nobody when it did not happen',
    (change) => {
      const activity = { void: true, shares: [] };
      expect(resolve({ ...change, void: true })).toMatchObject({ activity });
    },
  );
});
