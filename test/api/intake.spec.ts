import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { linesOf } from '../support/client.js';
import { sale, type Receipt, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let challenge: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

beforeEach(async () => {
  house = await server.organisation(['zoe', 'ali']);
  challenge = await house.challenge();
});

const lines = async () => linesOf(await house.admin.board(challenge));
const post = (...activities: object[]) =>
  house.admin.post<Receipt & { code: string }>('/api/activities', { activities });

describe('sending again', () => {
  it('changes nothing', async () => {
    const batch = [sale('zoe', 300), sale('ali', 200), sale('ali', 50.5)];
    await house.record(...batch);
    const before = await house.admin.board(challenge);
    const counts = { recorded: 0, revised: 0, unchanged: 3, stale: 0, waiting: 0 };
    const receipt = { ...counts, refused: [] };
    expect(await house.record(...batch)).toEqual(receipt);
    const { rows } = await house.admin.board(challenge);
    expect(rows).toEqual(before.rows);
  });

  it('appends no revision and no change of score', async () => {
    const one = sale('zoe', 300);
    await house.record(one);
    await house.record(one, { ...one, amount: '300.0000' });
    const [counts] = await server.sql(
      `select (select count(*)::int from activity where organisation_id = $1) as revisions,
         (select count(*)::int from score_change where organisation_id = $1 and score > 0) as scores`,
      [house.id],
    );
    expect(counts).toEqual({ revisions: 1, scores: 1 });
  });
});

describe('a revision', () => {
  it('moves the score from one member to another, and back', async () => {
    const one = sale('zoe', 300);
    await house.record(one, sale('ali', 100));
    expect(await lines()).toEqual([
      [1, 'zoe', '300'],
      [2, 'ali', '100'],
    ]);
    expect(await house.record({ ...one, member: { externalId: 'ali' } })).toMatchObject({
      revised: 1,
    });
    expect(await lines()).toEqual([
      [1, 'ali', '400'],
      [2, 'zoe', '0'],
    ]);
    await house.record(one);
    expect(await lines()).toEqual([
      [1, 'zoe', '300'],
      [2, 'ali', '100'],
    ]);
  });

  it.each([{ occurredAt: '2026-02-28' }, { type: 'deal.lost' }, { amount: null }])(
    'to %j takes the score away',
    async (change) => {
      const one = sale('zoe', 300);
      await house.record(one);
      await house.record({ ...one, ...change });
      expect(await lines()).toContainEqual([1, 'zoe', '0']);
    },
  );

  it('twice in one batch leaves what came last, and keeps all of them', async () => {
    const one = sale('zoe', 300);
    const batch = [one, { ...one, amount: 1 }, { ...one, amount: 2 }, { ...one, amount: 2 }];
    expect(await house.record(...batch)).toMatchObject({ recorded: 1, revised: 2, unchanged: 1 });
    expect(await lines()).toContainEqual([1, 'zoe', '2']);
    const rows = await server.sql(
      `select revision, amount, superseded_seq is null as counts from activity
       where organisation_id = $1 order by revision`,
      [house.id],
    );
    expect(rows).toEqual([
      { revision: 1, amount: '3000000', counts: false },
      { revision: 2, amount: '10000', counts: false },
      { revision: 3, amount: '20000', counts: true },
    ]);
  });
});

describe('a refund', () => {
  it('lowers the score on its own date', async () => {
    await house.record(sale('zoe', 300), { ...sale('zoe', 120), type: 'sale.refunded' });
    expect(await lines()).toContainEqual([1, 'zoe', '180']);
    const late = { ...sale('zoe', 50), type: 'sale.refunded', occurredAt: '2026-02-01' };
    await house.record(late);
    expect(await lines()).toContainEqual([1, 'zoe', '180']);
  });
});

describe('requests at the same time', () => {
  it('add up exactly', async () => {
    const sales = Array.from({ length: 50 }, (_, index) =>
      sale(index % 2 ? 'zoe' : 'ali', `${index}.0001`),
    );
    const answers = await Promise.all(sales.map((one) => post(one)));
    expect(answers.every(({ status, body }) => status === 200 && body.recorded === 1)).toBe(true);
    expect(await lines()).toEqual([
      [1, 'zoe', '625.0025'],
      [2, 'ali', '600.0025'],
    ]);
  });

  it('record one identity once, whoever is first', async () => {
    const one = sale('zoe', 7);
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(one)));
    const total = (name: 'recorded' | 'unchanged') =>
      answers.reduce((sum, { body }) => sum + body[name], 0);
    expect([total('recorded'), total('unchanged')]).toEqual([1, 19]);
    expect(await lines()).toContainEqual([1, 'zoe', '7']);
  });

  it('share few transactions', async () => {
    await Promise.all(Array.from({ length: 50 }, () => post(sale('zoe', 1))));
    const [{ turns } = { turns: 0 }] = await server.sql<{ turns: number }>(
      'select count(distinct seq)::int as turns from activity where organisation_id = $1',
      [house.id],
    );
    expect(turns).toBeLessThan(25);
  });

  it('do not suffer from one that cannot be recorded', async () => {
    const most = Array.from({ length: 900 }, () => sale('ali', '1000000000'));
    await house.record(...most);
    // In the middle, so that it shares a transaction with those before and after it.
    const requests = Array.from({ length: 21 }, (_, index) =>
      post(index === 10 ? sale('ali', '1000000000') : sale('zoe', index)),
    );
    const answers = await Promise.all(requests);
    const [culprit] = answers.splice(10, 1);
    expect(culprit).toMatchObject({ status: 422, body: { code: 'total-too-large' } });
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await lines()).toEqual([
      [1, 'ali', '900000000000'],
      [2, 'zoe', '200'],
    ]);
  });

  it('of one batch too large for a total leave nothing of it', async () => {
    const batch = Array.from({ length: 1000 }, () => sale('ali', '1000000000'));
    expect(await post(sale('zoe', 1), ...batch)).toMatchObject({
      status: 422,
      body: { code: 'total-too-large' },
    });
    expect(await lines()).toContainEqual([1, 'zoe', '0']);
  });
});

describe('what is stored', () => {
  it('is what a recomputation from the activities gives', async () => {
    const members = ['zoe', 'ali'];
    for (let round = 0; round < 8; round++) {
      const batch = Array.from({ length: 25 }, (_, index) => ({
        ...sale(members[(index * 7 + round) % 2] ?? '', (index * 37 + round * 11) % 90),
        externalId: `sum-${(index * 13 + round * 5) % 60}`,
        type: (index + round) % 4 === 0 ? 'sale.refunded' : 'deal.won',
        occurredAt: `2026-03-${String(((index + round) % 20) + 1).padStart(2, '0')}`,
      }));
      await house.record(...batch.map((one) => ({ ...one, occurredAt: noLater(one.occurredAt) })));
    }
    const expected = await server.sql<{ name: string; score: string }>(
      `select name, (sum(case type when 'deal.won' then amount else -amount end))::text as score
       from activity join member on member.organisation_id = $1 and member.id = member_id
       where activity.organisation_id = $1 and superseded_seq is null group by name`,
      [house.id],
    );
    const scores = await server.sql<{ name: string; score: string }>(
      `select name, score::text from score
       join member on member.organisation_id = $1 and member.id = subject_id
       where score.organisation_id = $1`,
      [house.id],
    );
    expect(new Set(scores.map(({ name, score }) => `${name} ${score}`))).toEqual(
      new Set(expected.map(({ name, score }) => `${name} ${score}`)),
    );
  });
});

/** Not after the server's own day. */
const noLater = (day: string) => (day > '2026-03-15' ? '2026-03-15' : day);
