import { describe, expect, it } from '@jest/globals';
import { difference, expire, posted, type Entitlement } from './entitlement.js';
import { afterAll, emptyWallet, type Lot, type Posting, type Wallet } from './posting.js';

const TODAY = '2026-03-15';
const nextIds = () => {
  let ids = 0;
  return () => `new-${(ids += 1)}`;
};

const lot = (id: string, more: Partial<Lot> = {}): Lot => ({
  id,
  reference: id,
  regime: 'test',
  expiresOn: null,
  pending: 0,
  available: 0,
  held: 0,
  expired: 0,
  ...more,
});

const walletOf = (lots: Lot[], owed = 0): Wallet => {
  const sum = (place: 'pending' | 'available' | 'held') =>
    lots.reduce((all, one) => all + one[place], 0);
  return {
    pending: sum('pending'),
    available: sum('available'),
    held: sum('held'),
    owed,
    lots,
  };
};

const due = (points: number, more: Partial<Entitlement> = {}): Entitlement => ({
  reference: 'own',
  due: points,
  from: 'budget',
  regime: 'test',
  expiresOn: null,
  ...more,
});

const briefly = (postings: Posting[]) =>
  postings.map(({ from, to, amount, parts }) => [
    `${from} → ${to}`,
    amount,
    ...parts.map(({ lotId }) => lotId),
  ]);
const settle = (wallet: Wallet, entitlement: Entitlement, standing = 0) =>
  briefly(difference(wallet, entitlement, standing, TODAY, nextIds()));

describe('what is due', () => {
  it('is paid by the difference, as a lot of its own', () => {
    expect(settle(emptyWallet, due(100))).toEqual([['budget → available', 100, 'new-1']]);
    expect(settle(emptyWallet, due(100), 100)).toEqual([]);
    expect(settle(emptyWallet, due(100, { from: 'issuance' }))).toEqual([
      ['issuance → available', 100, 'new-1'],
    ]);
  });

  it('pays first what is owed, unless it is still pending', () => {
    const wallet = walletOf([], -70);
    expect(settle(wallet, due(100))).toEqual([
      ['budget → owed', 70],
      ['budget → available', 30, 'new-2'],
    ]);
    expect(settle(wallet, due(50))).toEqual([['budget → owed', 50]]);
    expect(settle(wallet, due(50, { pending: true }))).toEqual([['budget → pending', 50, 'new-1']]);
  });

  it('again expires when it would have done', () => {
    const wallet = walletOf([lot('own', { expiresOn: '2026-04-01', regime: 'first' })]);
    const [again] = difference(wallet, due(10, { expiresOn: '2027-01-01' }), 0, TODAY, nextIds());
    expect(again?.makes).toEqual({ reference: 'own', regime: 'first', expiresOn: '2026-04-01' });
  });

  it('is a whole number of points', () => {
    expect(() => settle(emptyWallet, due(0.5))).toThrow(RangeError);
  });
});

describe('what is taken back', () => {
  const lots = [
    lot('late', { available: 10, expiresOn: '2026-09-01' }),
    lot('soon', { available: 10, expiresOn: '2026-04-01' }),
    lot('gone', { available: 10, expiresOn: TODAY }),
    lot('mine', { reference: 'own', pending: 10, available: 10, held: 10, expired: 10 }),
  ];

  it.each([
    [10, [['pending → budget', 10, 'mine']]],
    [15, [['available → budget', 5, 'mine']]],
    [25, [['expired → budget', 5, 'mine']]],
    [35, [['available → budget', 5, 'soon']]],
    [45, [['available → budget', 15, 'soon', 'late']]],
    [80, [['owed → budget', 30]]],
  ])('to %d points ends as decided', (points, last) => {
    const postings = settle(walletOf(lots), due(0), points);
    expect(postings.slice(-last.length)).toEqual(last);
    expect(postings.reduce((sum, [, amount]) => sum + Number(amount), 0)).toBe(points);
  });

  it('to the end touches neither what is held nor what is overdue elsewhere', () => {
    const wallet = walletOf(lots);
    const after = afterAll(wallet, difference(wallet, due(0), 1_000, TODAY, nextIds()));
    expect(after).toMatchObject({ pending: 0, available: 10, held: 10, owed: -950 });
  });
});

describe('points that are overdue', () => {
  it('expire lot by lot, but for those that are held', () => {
    const wallet = walletOf([
      lot('a', { available: 5, held: 3, expiresOn: TODAY }),
      lot('b', { available: 7, expiresOn: '2026-03-16' }),
      lot('c', { available: 9 }),
    ]);
    const postings = expire(wallet, TODAY, nextIds());
    expect(briefly(postings)).toEqual([['available → expired', 5, 'a']]);
    expect(expire(afterAll(wallet, postings), TODAY, nextIds())).toEqual([]);
  });
});

describe('a posting', () => {
  const posting = (more: Partial<Posting>): Posting => ({
    id: 'new',
    from: 'available',
    to: 'held',
    amount: 5,
    parts: [{ lotId: 'a', amount: 5 }],
    makes: null,
    reverses: null,
    ...more,
  });
  const wallet = walletOf([lot('a', { available: 5 }), lot('b', { available: 5 })]);

  it.each<[string, Partial<Posting>]>([
    ['of nothing', { amount: 0 }],
    ['of more than its lots', { amount: 6 }],
    ['of more than a lot has', { amount: 6, parts: [{ lotId: 'a', amount: 6 }] }],
    ['of a lot that is somebody else’s', { parts: [{ lotId: 'c', amount: 5 }] }],
    ['that pays what is not owed', { from: 'budget', to: 'owed', parts: [] }],
    ['of points that are not whole', { amount: 0.5, parts: [{ lotId: 'a', amount: 0.5 }] }],
  ])('%s breaks', (_what, more) => {
    expect(() => afterAll(wallet, [posting(more)])).toThrow(RangeError);
  });

  it('counts towards what stands when a source pays or gets back', () => {
    expect(
      posted([
        { from: 'budget', to: 'available', amount: 10 },
        { from: 'issuance', to: 'owed', amount: 5 },
        { from: 'available', to: 'held', amount: 7 },
        { from: 'expired', to: 'budget', amount: 3 },
      ]),
    ).toBe(12);
  });
});
