import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createApp } from '@palmares/server/app';
import { createDataSource } from '@palmares/server/data-source';
import { ExpiryService } from '@palmares/server/ledger/expiry.service';
import { Clock } from '@palmares/server/platform/clock';
import { readConfig } from '@palmares/server/platform/config';
import { createLogger } from '@palmares/server/platform/logging';
import type { LotView, PostingView, WalletView } from '@palmares/shared/ledger/wallet';
import { randomUUID } from 'node:crypto';
import type { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { Programme } from '../support/ledger.js';
import type { TestOrganisation } from '../support/organisation.js';
import { NOON, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let hr: Client;
let zoe: string;
let ali: string;
let programme: Programme;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation();
  hr = await house.signIn('hr', { name: 'Rita' });
});
afterAll(() => server.close());

let members = 0;
beforeEach(async () => {
  server.clock.travelTo(NOON);
  zoe = await house.member(`zoe ${(members += 1)}`);
  ali = await house.member(`ali ${members}`);
  programme = new Programme(server, house.id);
  await programme.reserve(1_000);
});

const walletOf = async (memberId: string) => {
  const { status, body } = await hr.get<WalletView>(`/api/members/${memberId}/wallet`);
  expect(status).toBe(200);
  return body.wallets[0];
};
const statementOf = async (memberId: string, query = '') => {
  const path = `/api/members/${memberId}/wallet/postings${query}`;
  return (await hr.get<{ items: PostingView[]; nextCursor: string | null }>(path)).body;
};
const budgetOf = async ({ budgetId }: Programme) => {
  const { body } = await hr.get<{ items: { id: string }[] }>('/api/budgets?limit=200');
  return body.items.find(({ id }) => id === budgetId);
};
const adjust = (amount: number, more: object = {}, key = randomUUID() as string) =>
  hr.post(
    '/api/ledger/adjustments',
    { memberId: zoe, amount, reason: 'Oublié', ...more },
    { 'idempotency-key': key },
  );
const briefly = ({ items }: { items: PostingView[] }) =>
  items.map(({ from, to, amount, available }) => [from, to, amount, available]);

describe('what is due', () => {
  it('is posted once, however often it is settled', async () => {
    const dues = [programme.due(zoe, 100), programme.due(ali, 50)];
    expect(await programme.settle(...dues)).toEqual({ postings: 2, paid: 150 });
    expect(await programme.settle(...dues)).toEqual({ postings: 0, paid: 0 });
    expect(await walletOf(zoe)).toEqual({
      currency: 'points',
      available: 100,
      pending: 0,
      held: 0,
      owed: 0,
      nextExpiry: null,
    });
    expect(await budgetOf(programme)).toMatchObject({ reserved: 1_000, paid: 150, left: 850 });
    await programme.expectClean();
  });

  it('is paid once by two who settle at the same moment', async () => {
    const dues = [programme.due(zoe, 100), programme.due(ali, 50)];
    const paid = await Promise.all(Array.from({ length: 6 }, () => programme.settle(...dues)));
    expect(paid.map((one) => one.paid).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 150]);
    await programme.expectClean();
  });

  it('moves by the difference when it is corrected', async () => {
    for (const due of [100, 130, 90, 90, 0, 40]) await programme.settle(programme.due(zoe, due));
    expect(briefly(await statementOf(zoe)).toReversed()).toEqual([
      ['budget', 'available', 100, 100],
      ['budget', 'available', 30, 130],
      ['available', 'budget', 40, 90],
      ['available', 'budget', 90, 0],
      ['budget', 'available', 40, 40],
    ]);
    expect(await budgetOf(programme)).toMatchObject({ paid: 40, left: 960 });
    await programme.expectClean();
  });

  it('never exceeds the budget, which is named', async () => {
    await programme.settle(programme.due(ali, 999));
    await expect(programme.settle(programme.due(zoe, 2))).rejects.toMatchObject({
      problem: { code: 'budget-exceeded', detail: 'Sprint' },
    });
    expect(await walletOf(zoe)).toMatchObject({ available: 0 });
    await expect(programme.reserve(998)).rejects.toMatchObject({ code: 'budget-exceeded' });
    await programme.reserve(1_001);
    await programme.settle(programme.due(zoe, 2));
    await programme.release();
    await programme.release();
    await programme.reserve(1_001);
    expect(await budgetOf(programme)).toMatchObject({ reserved: 1_001, paid: 1_001, left: 0 });
    await programme.expectClean();
  });

  it('gives the rest of its budget back once', async () => {
    await programme.settle(programme.due(zoe, 400));
    await programme.release();
    await programme.release();
    expect(await budgetOf(programme)).toMatchObject({ returned: 600, paid: 400, left: 0 });
    await programme.settle(programme.due(zoe, 100));
    expect(await budgetOf(programme)).toMatchObject({ returned: 600, paid: 100, left: 300 });
    await programme.expectClean();
  });

  it('may be pending until it is vested', async () => {
    await programme.settle(programme.due(zoe, 70, { pending: true }));
    expect(await walletOf(zoe)).toMatchObject({ available: 0, pending: 70 });
    await programme.vest(zoe, 'challenge/1/0');
    await programme.vest(zoe, 'challenge/1/0');
    expect(await walletOf(zoe)).toMatchObject({ available: 70, pending: 0 });
    await programme.expectClean();
  });
});

describe('points taken back after they were spent', () => {
  it('are owed, and paid by what comes next', async () => {
    await programme.settle(programme.due(zoe, 100));
    await programme.hold(zoe, 1, 80);
    await programme.spend(zoe, 1);
    await programme.settle(programme.due(zoe, 0));
    expect(await walletOf(zoe)).toMatchObject({ available: 0, owed: 80 });
    await programme.settle(programme.due(zoe, 100, { reference: 'challenge/2/0' }));
    expect(await walletOf(zoe)).toMatchObject({ available: 20, owed: 0 });
    await programme.expectClean();
  });

  it('are owed even while an order that holds them is given back', async () => {
    await programme.settle(programme.due(zoe, 100));
    await programme.hold(zoe, 2, 100);
    await programme.settle(programme.due(zoe, 0));
    await programme.giveBack(zoe, 2);
    await programme.giveBack(zoe, 2);
    expect(await walletOf(zoe)).toMatchObject({ available: 0, held: 0, owed: 0 });
    await programme.expectClean();
  });
});

describe('an order', () => {
  it('gets no more points than there are, from as many as ask at once', async () => {
    await programme.settle(programme.due(zoe, 100));
    const asked = Array.from({ length: 5 }, (_, n) => programme.hold(zoe, `many-${n}`, 40));
    const outcomes = (await Promise.allSettled(asked)).map(({ status }) => status);
    expect(outcomes.filter((status) => status === 'fulfilled')).toHaveLength(2);
    expect(await walletOf(zoe)).toMatchObject({ available: 20, held: 80 });
    await programme.expectClean();
  });
});

describe('points', () => {
  const lasting = (expiresOn: string, reference: string) =>
    programme.due(zoe, 50, { expiresOn, reference });

  it('expire on their day, once, whoever looks', async () => {
    await programme.settle(lasting('2026-03-20', 'a'), lasting('2026-04-20', 'b'));
    expect(await walletOf(zoe)).toMatchObject({ nextExpiry: { on: '2026-03-20', amount: 50 } });
    const expiry = server.app.get(ExpiryService);
    const at = (instant: string) => expiry.expire(new Date(instant));
    // Paris: the day begins at 23:00 of the day before.
    expect(await at('2026-03-19T22:59:59Z')).toEqual({ expired: 0 });
    const many = Array.from({ length: 3 }, () => at('2026-03-19T23:00:00Z'));
    const expired = (await Promise.all(many)).map((one) => one.expired);
    expect(expired.toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
    expect(await walletOf(zoe)).toMatchObject({
      available: 50,
      nextExpiry: { on: '2026-04-20', amount: 50 },
    });
    expect(briefly(await statementOf(zoe))[0]).toEqual(['available', 'expired', 50, 50]);
    await programme.expectClean();
  });

  it('that became overdue while no server ran expire when one starts', async () => {
    await programme.settle(lasting('2026-03-20', 'a'));
    const config = readConfig({ DATABASE_URL: server.databaseUrl });
    const dataSource = createDataSource({ url: server.databaseUrl }, 2);
    await dataSource.initialize();
    const clock = new Clock();
    clock.travelTo(new Date('2026-05-01T12:00:00Z'));
    const app = await createApp({ config, dataSource, clock, logger: createLogger('silent') });
    try {
      await eventually(
        () => walletOf(zoe),
        (wallet) => wallet?.available === 0,
      );
    } finally {
      await app.close();
      await dataSource.destroy();
    }
    await programme.expectClean();
  });

  it('that have expired come back expired, and are not owed when they are corrected', async () => {
    await programme.settle(lasting('2026-03-20', 'a'));
    await programme.hold(zoe, 3, 20);
    server.clock.travelTo(new Date('2026-03-21T12:00:00Z'));
    await server.app.get(ExpiryService).expire(server.clock.now());
    await programme.giveBack(zoe, 3);
    expect(await walletOf(zoe)).toMatchObject({ available: 0, held: 0 });
    await programme.settle(programme.due(zoe, 0, { reference: 'a' }));
    expect(await walletOf(zoe)).toMatchObject({ available: 0, owed: 0 });
    await programme.expectClean();
  });
});

describe('an adjustment', () => {
  it('by the same key is one, and by another body refused', async () => {
    const key = randomUUID();
    const many = await Promise.all(Array.from({ length: 4 }, () => adjust(30, {}, key)));
    expect(many.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(many.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await walletOf(zoe)).toMatchObject({ available: 30 });
    expect(await adjust(31, {}, key)).toMatchObject({
      status: 409,
      body: { code: 'idempotency-key-reused' },
    });
    // Somebody else may well have the same key.
    const other = await house.signIn('hr');
    const body = { memberId: zoe, amount: 30, reason: 'Oublié' };
    const headers = { 'idempotency-key': key };
    expect((await other.post('/api/ledger/adjustments', body, headers)).status).toBe(201);
    expect(await walletOf(zoe)).toMatchObject({ available: 60 });
    await programme.expectClean();
  });

  it('needs a key, and not one without end', async () => {
    expect(await adjust(5, {}, '')).toMatchObject({
      status: 400,
      body: { code: 'idempotency-key-missing' },
    });
    expect(await adjust(5, {}, 'x'.repeat(201))).toMatchObject({
      status: 422,
      body: { code: 'invalid', errors: [{ parameter: 'Idempotency-Key' }] },
    });
    expect((await adjust(5, {}, 'x'.repeat(200))).status).toBe(201);
  });

  it('that failed may be sent again under its key', async () => {
    const key = randomUUID();
    const refused = await adjust(5, { currency: 'miles' }, key);
    expect(refused).toMatchObject({ status: 422, body: { code: 'points-currency-unknown' } });
    expect((await adjust(5, {}, key)).status).toBe(201);
  });

  it('takes what there is, and the rest is owed', async () => {
    await programme.settle(programme.due(zoe, 100, { expiresOn: '2026-12-01' }));
    const { body } = await adjust(-140);
    expect(body).toMatchObject({ memberId: zoe, available: 0, owed: 40 });
    const [last] = (await statementOf(zoe)).items;
    expect(last).toMatchObject({ from: 'owed', to: 'issuance', amount: 40, reason: 'Oublié' });
    const [row] = await server.sql<{ actor: string }>(
      `select actor from posting where owner_id = $1 order by line desc`,
      [zoe],
    );
    expect(row?.actor).toBe(`member:${house.members['Rita']}`);
    await programme.expectClean();
  });

  it.each<[object, number, string]>([
    [{ amount: 0 }, 422, 'invalid'],
    [{ amount: 1.5 }, 422, 'invalid'],
    [{ amount: 2_000_000_000 }, 422, 'invalid'],
    [{ reason: ' ' }, 422, 'invalid'],
    [{ memberId: randomUUID() }, 422, 'member-unknown'],
  ])('of %j is refused', async (more, status, code) => {
    expect(await adjust(1, more)).toMatchObject({ status, body: { code } });
  });

  it('is not for one’s own wallet, nor for somebody of another organisation', async () => {
    expect(await adjust(1, { memberId: house.members['Rita'] })).toMatchObject({
      status: 403,
      body: { code: 'own-wallet' },
    });
    const other = await server.organisation(['eve']);
    expect((await adjust(1, { memberId: other.members['eve'] })).status).toBe(422);
    expect((await hr.get(`/api/members/${other.members['eve']}/wallet`)).status).toBe(404);
  });
});

describe('a member', () => {
  it('sees their own points, statement and lots, page by page', async () => {
    const id = await house.member('Nora', { email: `nora@${house.id}.example` });
    const nora = await house.enter(id);
    const expiries = [null, '2026-09-01', '2026-05-01'];
    for (const [at, expiresOn] of expiries.entries()) {
      await programme.settle(programme.due(id, 10 + at, { reference: `r${at}`, expiresOn }));
    }
    expect((await nora.get<WalletView>('/api/wallet')).body).toEqual({
      memberId: id,
      wallets: [
        {
          currency: 'points',
          available: 33,
          pending: 0,
          held: 0,
          owed: 0,
          nextExpiry: { on: '2026-05-01', amount: 12 },
        },
      ],
    });
    type Page<Item> = { items: Item[]; nextCursor: string | null };
    const pages = async <Item>(path: string): Promise<Item[][]> => {
      const found: Item[][] = [];
      for (let more = ''; ;) {
        const { items, nextCursor } = (await nora.get<Page<Item>>(`${path}?limit=2${more}`)).body;
        found.push(items);
        if (nextCursor === null) return found;
        more = `&cursor=${nextCursor}`;
      }
    };
    const lines = await pages<PostingView>('/api/wallet/postings');
    expect(lines.map((items) => items.map(({ line, available }) => [line, available]))).toEqual([
      [
        [3, 33],
        [2, 21],
      ],
      [[1, 10]],
    ]);
    const lots = await pages<LotView>('/api/wallet/lots');
    expect(lots.map((items) => items.map(({ available }) => available))).toEqual([[12, 11], [10]]);
    for (const path of [
      'postings?cursor=x',
      'lots?cursor=1',
      'lots?currency=É',
      'postings?limit=0',
    ]) {
      expect((await nora.get(`/api/wallet/${path}`)).status).toBe(422);
    }
    expect((await nora.get<Page<LotView>>('/api/wallet/lots?currency=miles')).body.items).toEqual(
      [],
    );
  });
});
