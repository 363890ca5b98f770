import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { linesOf } from '../support/client.js';
import { march, plainRule, sale, type TestOrganisation } from '../support/organisation.js';
import { expectReplayed } from '../support/replay.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  house = await server.organisation(['ana', 'ben', 'cyd']);
});

const lines = async (challenge: string) => linesOf(await house.admin.board(challenge));
const launch = (...rules: object[]) => house.challenge({ rules });

describe('units of each activity', () => {
  const each = { type: 'per-unit', kpi: 'revenue', score: '5', per: '1000', units: 'each' };

  it('are whole, shared as the activity is, and taken back by a refund', async () => {
    const challenge = await launch(each);
    await house.record(
      sale('ana', 1600),
      sale('ana', 1600),
      sale('ana', 900),
      sale('', 2500, {
        member: undefined,
        shares: [
          { member: { externalId: 'ben' }, weight: '0.5' },
          { member: { externalId: 'cyd' }, weight: '0.5' },
        ],
      }),
    );
    expect(await lines(challenge)).toEqual([
      [1, 'ana', '10'],
      [2, 'ben', '5'],
      [2, 'cyd', '5'],
    ]);
    await house.record(sale('ana', 1900, { type: 'sale.refunded' }));
    expect((await lines(challenge)).find(([, label]) => label === 'ana')).toEqual([1, 'ana', '5']);
    await expectReplayed(server, house);
  });

  it('are of amounts and quantities, not of what is counted', async () => {
    const { status } = await house.admin.post('/api/challenges', {
      ...march,
      rules: [{ ...each, kpi: 'sales-count' }],
    });
    expect(status).toBe(422);
  });
});

describe('places', () => {
  const podium = { type: 'rank-bonus', kpi: 'revenue', scores: ['100', '50'] };

  it('move with every sale, also those of others', async () => {
    const challenge = await launch(podium);
    expect(await lines(challenge)).toEqual([
      [1, 'ana', '0'],
      [1, 'ben', '0'],
      [1, 'cyd', '0'],
    ]);
    await house.record(sale('ana', 10));
    await house.record(sale('ben', 5), sale('cyd', 1));
    expect(await lines(challenge)).toEqual([
      [1, 'ana', '100'],
      [2, 'ben', '50'],
      [3, 'cyd', '0'],
    ]);
    await house.record(sale('cyd', 9));
    expect(await lines(challenge)).toEqual([
      [1, 'ana', '75'],
      [1, 'cyd', '75'],
      [3, 'ben', '0'],
    ]);
    await expectReplayed(server, house);
  });

  it('are taken by whoever comes later, with what they had sold', async () => {
    const challenge = await launch(podium);
    await house.record(sale('ana', 10), sale('ben', 5), sale('eva', 20));
    await house.member('eva');
    expect((await lines(challenge)).slice(0, 2)).toEqual([
      [1, 'eva', '100'],
      [2, 'ana', '50'],
    ]);
    await expectReplayed(server, house);
  });

  it('go to the first to arrive, and to the largest single sale', async () => {
    const challenge = await launch(
      { type: 'first-to', kpi: 'revenue', threshold: '100', scores: ['30'] },
      { type: 'best-single', kpi: 'revenue', scores: ['7'] },
    );
    await house.record(
      sale('ana', 60, { occurredAt: '2026-03-02' }),
      sale('ana', 60, { occurredAt: '2026-03-09' }),
      sale('ben', 101, { occurredAt: '2026-03-10' }),
    );
    expect(await lines(challenge)).toEqual([
      [1, 'ana', '30'],
      [2, 'ben', '7'],
      [3, 'cyd', '0'],
    ]);
    await expectReplayed(server, house);
  });
});

describe('a quality gate', () => {
  it('holds points back until it is met', async () => {
    const challenge = await launch(plainRule, {
      type: 'quality-gate',
      kpi: 'win-rate',
      atLeast: '0.5',
      minimumDenominator: '2',
      rules: [0],
    });
    const lost = (member: string) => sale(member, 0, { type: 'deal.lost' });
    await house.record(sale('ana', 120), lost('ana'), lost('ana'), sale('ben', 40), lost('ben'));
    expect((await lines(challenge))[0]).toEqual([1, 'ben', '40']);
    const held = await server.sql<{ held: string }>(
      'select held from score where challenge_id = $1 and held <> 0',
      [challenge],
    );
    expect(held).toEqual([{ held: '1200000' }]);
    await house.record(sale('ana', 1));
    expect((await lines(challenge))[0]).toEqual([1, 'ana', '121']);
    await expectReplayed(server, house);
  });

  it('guards rules that there are', async () => {
    const gate = { type: 'quality-gate', kpi: 'win-rate', atLeast: '0.5', rules: [0, 5] };
    const rules = [plainRule, gate];
    const draft = { name: 'x', from: '2026-03-01', to: '2026-04-01', rules };
    const { status, body } = await house.admin.post<{ errors: object[] }>('/api/challenges', draft);
    expect([status, body.errors]).toMatchObject([422, [{ pointer: '/rules/1/rules/1' }]]);
  });
});

describe('what is compared with', () => {
  const progress = { type: 'improvement', kpi: 'revenue', score: '1', per: '0.01' };

  it('is frozen when the challenge begins, and missing where there was nothing', async () => {
    const before = sale('ana', 100, { occurredAt: '2026-02-10' });
    await house.record(before, sale('ben', 50, { occurredAt: '2026-02-20' }));
    const challenge = await launch(progress);
    await house.record(sale('ana', 150), sale('ben', 40), sale('cyd', 500));
    await house.record({ ...before, amount: 10 });
    expect(await lines(challenge)).toEqual([
      [1, 'ana', '50'],
      [2, 'ben', '0'],
      [null, 'cyd', '0'],
    ]);
    const { rows } = await house.admin.board(challenge);
    expect(rows.at(-1)).toMatchObject({ rank: null, reason: 'no-history' });
    await expectReplayed(server, house);
  });

  it('is a target that somebody has', async () => {
    const rule = { type: 'attainment', kpi: 'revenue', steps: [{ at: '0.8', score: '10' }] };
    const id = await house.draft({ rules: [rule] });
    const refused = await house.admin.post(`/api/challenges/${id}/launch`);
    expect([refused.status, refused.body]).toMatchObject([422, { code: 'target-missing' }]);
    const subject = { type: 'member', id: house.members['ana'] };
    const item = { kpi: 'revenue', period: '2026-03', subject, value: '100' };
    expect((await house.admin.send('PUT', '/api/targets', { items: [item] })).status).toBe(204);
    await house.admin.post(`/api/challenges/${id}/launch`);
    await house.record(sale('ana', 80), sale('ben', 800));
    expect((await lines(id))[0]).toEqual([1, 'ana', '10']);
    const { rows } = await house.admin.board(id);
    expect(rows.at(-1)).toMatchObject({ rank: null, reason: 'no-target' });
    await expectReplayed(server, house);
  });
});
