import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from '../support/client.js';
import { march, sale, type TestOrganisation } from '../support/organisation.js';
import { NOON, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let hr: Client;
let boss: Client;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.travelTo(NOON);
  house = await server.organisation(['ana', 'ben']);
  hr = await house.hr();
  boss = await house.signIn('admin');
});

const rules = [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '1', cap: '5000' }];
const costing = (...points: number[]) => ({ ...march, rules, payout: [{ kind: 'rank', points }] });
const draft = async (who: Client, body: object) =>
  (await who.post<{ id: string }>('/api/challenges', body)).body.id;
const launch = async (who: Client, id: string) =>
  (await who.post<{ status?: string; code?: string }>(`/api/challenges/${id}/launch`)).body;
const launched = async (who: Client, points: number) => {
  const id = await draft(who, costing(points));
  const { status, code } = await launch(who, id);
  return { id, status: code ?? status };
};
const countersign = async (who: Client, id: string, expected?: object) =>
  (
    await who.post<{ status?: string; code?: string }>(
      `/api/challenges/${id}/countersign`,
      expected && { expect: expected },
    )
  ).body;
const statusOf = async (id: string) =>
  (await boss.get<{ status: string }>(`/api/challenges/${id}`)).body.status;
const budgets = async () => (await hr.get<{ items: object[] }>('/api/budgets')).body.items;
const listed = async (who: Client) =>
  (await who.get<{ items: { challengeId: string; askedAt: string }[] }>('/api/countersigns')).body
    .items;
const refused = (why: string) => ({ code: 'signature-does-not-count', errors: [{ code: why }] });

describe('a launch beyond a ceiling', () => {
  it('starts and reserves nothing until HR, who is no author, countersigns it', async () => {
    const { id, status } = await launched(boss, 50_001);
    expect(status).toBe('awaiting-countersign');
    expect(await budgets()).toEqual([]);
    await house.record(sale('ana', 10));
    const path = `/api/challenges?status=awaiting-countersign`;
    expect((await hr.get(path)).body).toMatchObject({ items: [{ id }] });
    expect((await hr.get('/api/challenges?status=draft')).body).toMatchObject({ items: [] });
    expect(await listed(hr)).toMatchObject([
      {
        challengeId: id,
        points: 50_001,
        subjects: 2,
        authors: [{ name: expect.stringContaining('admin') }],
        waitsFor: { order: 'hr', members: [{ name: 'Independent HR' }] },
        why: null,
      },
    ]);
    const told = (await hr.get<{ items: object[] }>('/api/notifications')).body.items;
    expect(told).toMatchObject([{ about: { kind: 'countersign.waiting', challengeId: id } }]);
    expect(await countersign(boss, id)).toMatchObject(refused('author'));
    const other = await house.signIn('admin');
    expect(await countersign(other, id)).toMatchObject(refused('not-your-turn'));
    expect(await countersign(hr, id)).toMatchObject({ status: 'live' });
    expect(await countersign(hr, id)).toMatchObject({ code: 'challenge-not-awaiting' });
    expect(await budgets()).toMatchObject([{ reserved: 50_001 }]);
    expect((await house.admin.board(id)).rows[0]).toMatchObject({ score: '10' });
  });

  it('is a draft again once it is edited or withdrawn, and not what was shown before', async () => {
    const { id } = await launched(boss, 60_000);
    const [shown] = await listed(hr);
    await boss.patch(`/api/challenges/${id}`, { payout: [{ kind: 'rank', points: [900_000] }] });
    expect(await statusOf(id)).toBe('draft');
    expect(await countersign(hr, id)).toMatchObject({ code: 'challenge-not-awaiting' });
    server.clock.travelTo(new Date(NOON.getTime() + 1_000));
    await launch(boss, id);
    const changed = { code: 'changed-since-shown' };
    expect(await countersign(hr, id, { points: 60_000 })).toMatchObject(changed);
    expect(await countersign(hr, id, { askedAt: shown?.askedAt })).toMatchObject(changed);
    const withdrawn = await boss.send('DELETE', `/api/challenges/${id}/countersign`);
    expect(withdrawn.body).toMatchObject({ status: 'draft', countersignAskedAt: null });
    await boss.patch(`/api/challenges/${id}`, { payout: [{ kind: 'rank', points: [100] }] });
    expect(await launch(boss, id)).toMatchObject({ status: 'live' });
  });

  it('is countersigned once by several at once, and never beside an edit', async () => {
    const { id } = await launched(boss, 60_000);
    const more = { payout: [{ kind: 'rank', points: [900_000] }] };
    const answers = await Promise.all([
      countersign(hr, id, { points: 60_000 }),
      boss.patch<{ code?: string }>(`/api/challenges/${id}`, more),
      countersign(hr, id, { points: 60_000 }),
    ]);
    expect(answers.filter((one) => 'status' in one && one.status === 'live').length).toBeLessThan(
      2,
    );
    const reserved = (await budgets()) as { reserved: number }[];
    expect([[], [60_000]]).toContainEqual(reserved.map((one) => one.reserved));
  });

  it('is not escaped by parts, by duplicates, by a key, or by two launches at once', async () => {
    const first = await draft(boss, costing(40_000));
    const copy = async () =>
      (await boss.post<{ id: string }>(`/api/challenges/${first}/duplicate`, {})).body.id;
    const ids = [first, await copy(), await copy()];
    const answers = await Promise.all(ids.map((id) => launch(boss, id)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((one) => one === 'awaiting-countersign')).toHaveLength(1);
    // Launched by another, it is still what its author has drafted.
    const second = await house.signIn('admin');
    const drafted = await draft(boss, costing(30_000));
    expect(await launch(second, drafted)).toMatchObject({ status: 'awaiting-countersign' });
    expect((await launched(second, 30_000)).status).toBe('live');
    // A key counts as its maker.
    const admin = await house.signIn('admin');
    const { body } = await admin.post<{ key: string }>('/api/keys', {
      name: 'x',
      scopes: ['admin'],
    });
    expect((await launched(admin, 50_000)).status).toBe('live');
    expect((await launched(admin, 50_000)).status).toBe('live');
    expect((await launched(house.admin, 10)).status).toBe('live');
    const key = new Client(house.admin.url, body.key);
    expect((await launched(key, 10)).status).toBe('awaiting-countersign');
    // The next month is another one.
    server.clock.travelTo(new Date('2026-04-01T12:00:00Z'));
    expect((await launched(key, 10)).status).toBe('provisional');
  });

  it('is not made by an amendment', async () => {
    const { id } = await launched(boss, 50_000);
    const amend = async (points: number) =>
      (
        await boss.post<{ code?: string; version?: number }>(`/api/challenges/${id}/amend`, {
          definition: costing(points),
        })
      ).body;
    expect(await amend(50_001)).toMatchObject({ code: 'ceiling-exceeded' });
    expect(await amend(40_000)).toMatchObject({ version: 2 });
    expect(await amend(50_000)).toMatchObject({ version: 3 });
    expect((await launched(boss, 50_000)).status).toBe('live');
    expect((await launched(boss, 1)).status).toBe('awaiting-countersign');
  });

  it('waits for the next in order where HR gains', async () => {
    const { id } = await launched(boss, 60_000);
    const hrId = house.members['Independent HR'] ?? '';
    await house.admin.patch(`/api/members/${hrId}`, { roles: ['hr', 'rep'] });
    const admin = await house.signIn('admin');
    expect(await listed(admin)).toMatchObject([{ waitsFor: { order: 'lead' }, why: null }]);
    expect(await countersign(await house.hr(), id)).toMatchObject(refused('gains'));
    expect(await countersign(admin, id)).toMatchObject({ status: 'live' });
  });
});

describe('the ceilings', () => {
  const more = { perChallenge: 80_000, perAuthorAndMonth: 200_000 };

  it('are set by HR, and are what launches are held against', async () => {
    const defaults = { perChallenge: 50_000, perAuthorAndMonth: 100_000 };
    expect((await boss.get('/api/ceilings')).body).toEqual(defaults);
    expect((await hr.send('PUT', '/api/ceilings', more)).body).toEqual(more);
    expect((await launched(boss, 80_000)).status).toBe('live');
    const audit = await hr.get('/api/audit?action=ceilings.change');
    expect(audit.body).toMatchObject({ items: [{ before: defaults, after: more }] });
  });

  it('are not raised by HR who sells, or whose account is from somebody who does', async () => {
    const hrId = house.members['Independent HR'] ?? '';
    await house.admin.patch(`/api/members/${hrId}`, { roles: ['hr', 'rep'] });
    const set = async (ceilings: object) => (await hr.send('PUT', '/api/ceilings', ceilings)).body;
    expect(await set(more)).toMatchObject(refused('gains'));
    const less = { perChallenge: 10, perAuthorAndMonth: 10 };
    expect(await set(less)).toEqual(less);
    expect((await launched(boss, 11)).status).toBe('awaiting-countersign');
  });
});
