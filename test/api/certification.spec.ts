import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CertificationService } from '@palmares/server/challenge/certification.service';
import type { Client } from '../support/client.js';
import { linesOf } from '../support/client.js';
import { Programme } from '../support/ledger.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { NOON, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.travelTo(NOON);
  house = await server.organisation(['ana', 'ben', 'cyd']);
});

const podium = { kind: 'rank', points: [1000, 500, 200] };
const rules = [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '1', cap: '5000' }];
const afterMarch = () => server.clock.travelTo(new Date('2026-04-02T12:00:00Z'));
const available = async (name: string) => {
  const hr = await house.signIn('hr');
  const path = `/api/members/${house.members[name]}/wallet`;
  const { body } = await hr.get<{ wallets: { available: number }[] }>(path);
  return body.wallets[0]?.available ?? 0;
};
const certify = async (id: string, who?: Client) =>
  who
    ? who.post<{ certified: boolean; code: string }>(`/api/challenges/${id}/certify`)
    : house.certify(id);
const statusOf = async (id: string) =>
  (await house.admin.get<{ status: string }>(`/api/challenges/${id}`)).body.status;
const clean = () => new Programme(server, house.id).expectClean();

describe('a certification', () => {
  it('pays what the final ranks give, once, whoever signs at once', async () => {
    const id = await house.challenge({ rules, payout: [podium] });
    await house.record(sale('ana', 300), sale('ben', 300), sale('cyd', 100));
    expect((await certify(id)).body.code).toBe('challenge-not-ended');
    afterMarch();
    expect(await statusOf(id)).toBe('provisional');
    const answers = await Promise.all([certify(id), certify(id), certify(id)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect(await statusOf(id)).toBe('certified');
    expect([await available('ana'), await available('ben'), await available('cyd')]).toEqual([
      750, 750, 200,
    ]);
    await clean();
  });

  it('ends the board: what comes later is listed beside it', async () => {
    const id = await house.challenge({ rules, payout: [podium] });
    await house.record(sale('ana', 300), sale('ben', 200));
    afterMarch();
    await certify(id);
    const final = linesOf(await house.admin.board(id));
    await house.record(sale('cyd', 900));
    expect(linesOf(await house.admin.board(id))).toEqual(final);
    const { body } = await house.admin.get<{ items: { subject: { label: string } }[] }>(
      `/api/challenges/${id}/differences`,
    );
    const cyd = body.items.find(({ subject }) => subject.label === 'cyd');
    expect(cyd).toMatchObject({
      before: { rank: 3, score: '0' },
      after: { rank: 1, score: '900' },
    });
    expect(await available('cyd')).toBe(0);
    await clean();
  });

  it('needs a second signature from whoever gains by it', async () => {
    const id = await house.challenge({ rules, payout: [podium] });
    afterMarch();
    const manager = await house.signIn('manager');
    const { body } = await manager.get<{ current: { member: { id: string } } }>('/api/session');
    const me = body.current.member.id;
    await server.sql('update member set external_id = $2 where id = $1', [me, 'manager-x']);
    await server.sql(`update member set roles = '{rep,manager}' where id = $1`, [me]);
    const managers = [{ memberId: me }];
    const teamId = await house.team('Ouest', [], { managers });
    await house.admin.patch(`/api/members/${me}`, { teams: [{ teamId }] });
    const own = await house.challenge({
      rules,
      payout: [podium],
      audience: { kind: 'members', memberIds: [me] },
    });
    await house.record(sale('manager-x', 10));
    const first = await certify(own, manager);
    expect([first.status, first.body]).toEqual([200, { certified: false }]);
    expect((await certify(own, manager)).body).toEqual({ certified: false });
    expect(await statusOf(own)).toBe('provisional');
    expect((await certify(own)).body).toEqual({ certified: true });
    expect(await statusOf(id)).toBe('provisional');
    await clean();
  });

  it('comes by itself once the days of grace are over, however late one looks', async () => {
    const id = await house.challenge({ rules, payout: [podium], graceDays: 5 });
    await house.record(sale('ana', 1));
    const service = server.app.get(CertificationService);
    server.clock.travelTo(new Date('2026-04-05T12:00:00Z'));
    await service.certifyOverdue();
    expect(await statusOf(id)).toBe('provisional');
    server.clock.travelTo(new Date('2026-05-20T12:00:00Z'));
    await Promise.all([service.certifyOverdue(), service.certifyOverdue()]);
    expect(await statusOf(id)).toBe('certified');
    expect(await available('ana')).toBe(1000);
    await clean();
  });

  it('names gifts, and says before what it would give', async () => {
    const gift = { kind: 'prize', place: 1, prize: 'Un vélo' };
    const id = await house.challenge({ rules, payout: [gift, podium] });
    await house.record(sale('ben', 10));
    afterMarch();
    const overview = () => house.admin.get(`/api/challenges/${id}/certification`);
    const ben = { label: 'ben', rank: 1 };
    const awards = [
      { ...ben, points: 0, prize: 'Un vélo' },
      { ...ben, points: 1000, prize: null },
    ];
    expect((await overview()).body).toMatchObject({
      awards,
      points: 1000,
      certifiesOn: '2026-04-06',
    });
    await certify(id);
    expect((await overview()).body).toMatchObject({ awards, points: 1000, status: 'certified' });
  });
});

describe('what is to come', () => {
  it('is what would be given as it stands, and nothing once it is given', async () => {
    const gift = { kind: 'prize', place: 1, prize: 'Un vélo' };
    const id = await house.challenge({ rules, payout: [gift, podium] });
    await house.record(sale('ana', 10), sale('ben', 5));
    const path = `/api/members/${house.members['ben']}`;
    await house.admin.send('PATCH', path, { email: `ben-${house.id}@example.com` });
    const ben = await house.enter(house.members['ben'] ?? '');
    const upcoming = async () => (await ben.get('/api/wallet/upcoming')).body;
    const own = { challengeId: id, name: 'Sprint', rank: 2, points: 500, prizes: [] };
    expect(await upcoming()).toEqual({ items: [own], nextCursor: null });
    await house.record(sale('ben', 50));
    expect(await upcoming()).toEqual({
      items: [{ ...own, rank: 1, points: 1000, prizes: ['Un vélo'] }],
      nextCursor: null,
    });
    afterMarch();
    await certify(id);
    const later = await house.enter(house.members['ben'] ?? '');
    const empty = { items: [], nextCursor: null };
    expect((await later.get('/api/wallet/upcoming')).body).toEqual(empty);
    expect((await later.get('/api/wallet/prizes')).body).toMatchObject({
      items: [{ challengeId: id, name: 'Sprint', prize: 'Un vélo', teamId: null }],
    });
  });
});

describe('a budget', () => {
  it('is reserved for the worst case, and its rest comes back', async () => {
    const threshold = { kind: 'threshold', score: '100', points: 50 };
    const id = await house.challenge({ rules, payout: [podium, threshold] });
    const budget = async () => {
      const hr = await house.signIn('hr');
      return (await hr.get<{ items: object[] }>('/api/budgets')).body.items[0];
    };
    expect(await budget()).toMatchObject({ reserved: 1700 + 3 * 50 });
    await house.member('eva');
    expect(await budget()).toMatchObject({ reserved: 1700 + 4 * 50 });
    await house.record(sale('ana', 100));
    afterMarch();
    await certify(id);
    expect(await available('ana')).toBe(1050);
    expect(await budget()).toMatchObject({ paid: 1050, returned: 850 });
    await clean();
  });

  it('refuses what nothing limits, at its place', async () => {
    const open = { type: 'per-unit', kpi: 'revenue', score: '1', per: '1' };
    const payout = [podium, { kind: 'per-score', points: 1 }];
    const id = await house.draft({ rules: [open], payout });
    const cost = await house.admin.get(`/api/challenges/${id}/cost`);
    expect(cost.body).toEqual({ subjects: 3, points: null, unbounded: [1] });
    const { status, body } = await house.admin.post(`/api/challenges/${id}/launch`);
    expect([status, body]).toMatchObject([
      422,
      { code: 'unbounded-cost', errors: [{ pointer: '/payout/1/cap' }] },
    ]);
    expect(await statusOf(id)).toBe('draft');
  });
});

describe('a live threshold', () => {
  it('pays at once, takes back where the score falls, and is settled in the end', async () => {
    const payout = [{ kind: 'threshold', score: '100', points: 50, when: 'live' }];
    const id = await house.challenge({ rules, payout });
    const big = sale('ana', 120);
    await house.record(big);
    expect(await available('ana')).toBe(50);
    await house.record({ ...big, amount: 20 });
    expect(await available('ana')).toBe(0);
    await house.record({ ...big, amount: 200 });
    expect(await available('ana')).toBe(50);
    afterMarch();
    await certify(id);
    expect(await available('ana')).toBe(50);
    await clean();
  });

  it('is taken back when the challenge is cancelled', async () => {
    const payout = [{ kind: 'threshold', score: '100', points: 50, when: 'live' }];
    const id = await house.challenge({ rules, payout });
    await house.record(sale('ana', 120));
    const cancelled = await house.admin.post(`/api/challenges/${id}/cancel`, { reason: 'Erreur' });
    expect([cancelled.status, cancelled.body]).toMatchObject([
      200,
      { status: 'cancelled', cancelReason: 'Erreur' },
    ]);
    expect(await available('ana')).toBe(0);
    expect((await certify(id)).body.code).toBe('challenge-cancelled');
    await clean();
  });
});

describe('a draft', () => {
  it('is written anew until it is launched', async () => {
    const id = await house.draft({ rules });
    const body = { name: 'Autre', from: '2026-03-01', to: '2026-04-01', rules };
    const path = `/api/challenges/${id}`;
    const changed = await house.admin.send('PATCH', path, body);
    expect([changed.status, changed.body]).toMatchObject([200, { name: 'Autre', status: 'draft' }]);
    const part = await house.admin.send('PATCH', path, { minimum: '5', graceDays: 0 });
    expect(part.body).toMatchObject({ name: 'Autre', rules, minimum: '5', graceDays: 0 });
    const less = await house.admin.send('PATCH', path, { minimum: null });
    expect(less.body).toMatchObject({ minimum: null, graceDays: 0, from: '2026-03-01' });
    const apart = await house.admin.send('PATCH', path, { to: '2026-02-01' });
    expect([apart.status, apart.body]).toMatchObject([422, { errors: [{ pointer: '/to' }] }]);
    await house.admin.post(`${path}/launch`);
    expect((await house.admin.send('PATCH', path, body)).status).toBe(409);
  });

  it('is made of another challenge without a word more', async () => {
    const id = await house.challenge({ rules });
    const copy = await house.admin.post(`/api/challenges/${id}/duplicate`);
    expect([copy.status, copy.body]).toMatchObject([201, { from: '2026-04-01', status: 'draft' }]);
  });

  it('is made of another challenge, for the month after', async () => {
    const id = await house.challenge({ rules, payout: [podium] });
    const { status, body } = await house.admin.post(`/api/challenges/${id}/duplicate`, {});
    const copy = { from: '2026-04-01', to: '2026-05-01', status: 'draft', payout: [podium] };
    expect([status, body]).toMatchObject([201, copy]);
  });
});

describe('a board of the past', () => {
  it('is what was served then, by number and by instant', async () => {
    const id = await house.challenge({ rules });
    const served = [];
    for (const amount of [10, 30, 20]) {
      await house.record(sale(['ana', 'ben', 'cyd'][served.length] ?? '', amount));
      served.push(await house.admin.board(id));
    }
    for (const board of served) {
      const then = await house.admin.board(id, `?asOf=${board.version}`);
      expect(then).toEqual(board);
      const at = await house.admin.board(id, `?asOf=${encodeURIComponent(board.asOf)}`);
      expect(at.rows).toEqual(board.rows);
    }
    expect((await house.admin.board(id, '?asOf=0')).rows).toEqual([]);
    expect((await house.admin.get(`/api/challenges/${id}/board?asOf=gestern`)).status).toBe(422);
  });

  it('shows what late data has moved since the window was over', async () => {
    const id = await house.challenge({ rules });
    await house.record(sale('ana', 10));
    afterMarch();
    await house.record(sale('ben', 15));
    const { body } = await house.admin.get<{ items: object[] }>(
      `/api/challenges/${id}/differences`,
    );
    expect(body.items).toMatchObject([
      { subject: { label: 'ben' }, before: { rank: 2, score: '0' }, after: { rank: 1 } },
      { subject: { label: 'ana' }, before: { rank: 1 }, after: { rank: 2 } },
      { subject: { label: 'cyd' }, before: { rank: 2 }, after: { rank: 3 } },
    ]);
  });
});

describe('an amendment', () => {
  const half = [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '2', cap: '5000' }];
  const definition = (more: object = {}) => ({
    name: 'Sprint',
    from: '2026-03-01',
    to: '2026-04-01',
    rules: half,
    ...more,
  });

  it('shows who gains and who loses before it is made, and then makes just that', async () => {
    const best = { type: 'best-single', kpi: 'revenue', scores: ['40'] };
    const id = await house.challenge({ rules });
    await house.record(sale('ana', 60), sale('ana', 60), sale('ben', 100));
    const path = `/api/challenges/${id}/amend`;
    const body = { definition: definition({ rules: [...half, best] }) };
    const before = await house.admin.board(id);
    const preview = await house.admin.post<{ items: object[] }>(path, { ...body, preview: true });
    expect(preview.body).toMatchObject({
      version: 2,
      items: [
        {
          subject: { label: 'ben' },
          before: { rank: 2, score: '100' },
          after: { rank: 1, score: '90' },
        },
        {
          subject: { label: 'ana' },
          before: { rank: 1, score: '120' },
          after: { rank: 2, score: '60' },
        },
      ],
    });
    expect((await house.admin.board(id)).rows).toEqual(before.rows);
    await house.record(sale('cyd', 1));
    expect((await house.admin.board(id)).rows).toHaveLength(3);
    expect((await house.admin.post(path, body)).body).toMatchObject({ version: 2 });
    await house.record(sale('ben', 20));
    expect(linesOf(await house.admin.board(id)).slice(0, 2)).toEqual([
      [1, 'ben', '100'],
      [2, 'ana', '60'],
    ]);
    expect((await house.admin.board(id, `?asOf=${before.version}`)).rows).toEqual(before.rows);
  });

  it('leaves alone who takes part, since when, and what is paid at once', async () => {
    const payout = [{ kind: 'threshold', score: '100', points: 50, when: 'live' }];
    const id = await house.challenge({ rules, payout });
    const path = `/api/challenges/${id}/amend`;
    const other = definition({ from: '2026-03-02', payout: [{ ...payout[0], points: 10 }] });
    const { status, body } = await house.admin.post<{ errors: object[] }>(path, {
      definition: other,
    });
    expect([status, body.errors]).toMatchObject([
      422,
      [{ pointer: '/from' }, { pointer: '/payout/0' }],
    ]);
    const draft = await house.draft({ rules });
    const early = await house.admin.post(`/api/challenges/${draft}/amend`, {
      definition: definition(),
    });
    expect([early.status, early.body]).toMatchObject([409, { code: 'challenge-not-launched' }]);
  });
});
