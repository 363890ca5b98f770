import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PersonService } from '@palmares/server/auth/person.service';
import { SignInService } from '@palmares/server/auth/sign-in.service';
import { CertificationService } from '@palmares/server/challenge/certification.service';
import { createDataSource } from '@palmares/server/data-source';
import { Signatures1791600000000 } from '@palmares/server/migrations/1791600000000-signatures';
import type { SessionView } from '@palmares/shared/auth/session';
import type { Role } from '@palmares/shared/people/member';
import { randomUUID } from 'node:crypto';
import { Client } from '../support/client.js';
import { Programme } from '../support/ledger.js';
import { march, PASSWORD, sale, type TestOrganisation } from '../support/organisation.js';
import { NOON, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.travelTo(NOON);
  house = await server.organisation(['ana', 'ben']);
});

const rules = [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '1', cap: '5000' }];
const past = { ...march, from: '2026-03-01', to: '2026-03-02', rules, graceDays: 0 };
const podium = (...points: number[]) => ({ kind: 'rank', points });

/**
 * A member who signs in, with these roles, made by the command line. A manager has a team, and is
 * in it where they sell.
 */
async function person(name: string, ...roles: Role[]): Promise<{ id: string; client: Client }> {
  const email = `${name}@${house.id}.example`;
  const id = await house.member(name, { email, roles });
  await server.app.get(PersonService).admit(house.id, id, PASSWORD);
  if (roles.includes('manager')) {
    await house.team(`team ${name}`, roles.includes('rep') ? [name] : [], {
      managers: [{ memberId: id }],
    });
  }
  return { id, client: await signIn(email) };
}

async function signIn(email: string): Promise<Client> {
  const visitor = new Client(house.admin.url);
  return visitor.signedIn(
    await visitor.post<SessionView>('/api/session', { email, password: PASSWORD }),
  );
}

/** Somebody whom `by` makes, invites, and who enters by the link. */
async function puppet(by: Client, name: string, roles: Role[]): Promise<Client> {
  const email = `${name}@${house.id}.example`;
  const made = await by.post<{ id: string }>('/api/members', { name, email, roles });
  const invited = await by.post<{ token: string }>(`/api/members/${made.body.id}/invitation`);
  const visitor = new Client(house.admin.url);
  const { token } = invited.body;
  return visitor.signedIn(
    await visitor.post<SessionView>('/api/invitations', { token, password: PASSWORD }),
  );
}

const draftBy = async (author: Client, more: object = {}) => {
  const { status, body } = await author.post<{ id: string }>('/api/challenges', {
    ...past,
    payout: [podium(1_000)],
    ...more,
  });
  expect([status, body]).toMatchObject([201, {}]);
  return body.id;
};
const launch = (author: Client, id: string) =>
  author.post<{ status?: string; code?: string }>(`/api/challenges/${id}/launch`);
const launched = async (author: Client, more: object = {}) => {
  const id = await draftBy(author, more);
  expect((await launch(author, id)).body).toMatchObject({ status: 'provisional' });
  return id;
};
const certify = async (id: string, who: Client) =>
  (await who.post(`/api/challenges/${id}/certify`)).body;
const statusOf = async (id: string) =>
  (await house.admin.get<{ status: string }>(`/api/challenges/${id}`)).body.status;
const walletOf = async (who: Client) =>
  (await who.get<{ wallets: object[] }>('/api/wallet')).body.wallets[0];
const timePasses = () => server.app.get(CertificationService).certifyOverdue();
const sells = (id: string, amount: number) =>
  house.record({ ...sale('', amount), member: { id }, occurredAt: '2026-03-01' });
const named = (...memberIds: string[]) => ({ audience: { kind: 'members', memberIds } });
const teamOf = async (id: string) =>
  (await house.admin.get<{ teams: { teamId: string }[] }>(`/api/members/${id}`)).body.teams[0]
    ?.teamId;
const refused = (why: string) => ({
  code: 'signature-does-not-count',
  errors: [{ code: why }],
});

describe('a manager who also sells', () => {
  it('is not paid by time alone, however short the grace, and HR is told once', async () => {
    const hr = await house.hr();
    const mel = await person('mel', 'rep', 'manager');
    await sells(mel.id, 100);
    const id = await launched(mel.client, { ...named(mel.id), payout: [podium(1_000_000 / 25)] });
    expect(await certify(id, mel.client)).toEqual({ certified: false });
    await timePasses();
    await timePasses();
    expect(await statusOf(id)).toBe('provisional');
    expect(await walletOf(mel.client)).toMatchObject({ available: 0 });
    const told = await hr.get<{ items: { about: object }[] }>('/api/notifications');
    const waiting = { kind: 'certification.waiting', challengeId: id, challengeName: 'Sprint' };
    expect(told.body.items.map(({ about }) => about)).toEqual([waiting]);
    const overview = (await hr.get(`/api/challenges/${id}/certification`)).body;
    expect(overview).toMatchObject({
      paid: true,
      byTime: false,
      why: null,
      waitsFor: { order: 'hr', members: [{ name: 'Independent HR' }] },
      signatures: [{ signature: `member:${mel.id}`, gains: true, why: 'gains' }],
    });
    expect(await certify(id, hr)).toEqual({ certified: true });
    expect(await walletOf(mel.client)).toMatchObject({ available: 40_000 });
  });

  it('is not paid by the signature of another who gains too', async () => {
    await house.hr();
    const mel = await person('mel', 'rep', 'manager');
    const max = await person('max', 'rep', 'admin');
    const id = await launched(max.client, { ...named(mel.id, max.id), payout: [podium(100, 50)] });
    expect(await certify(id, mel.client)).toMatchObject({ code: 'beyond-teams' });
    await house.move('max', [{ teamId: await teamOf(mel.id) }]);
    expect(await certify(id, mel.client)).toEqual({ certified: false });
    expect(await certify(id, max.client)).toEqual({ certified: false });
    expect(await statusOf(id)).toBe('provisional');
  });

  it('does not amend once the window is over', async () => {
    await house.hr();
    const mel = await person('mel', 'rep', 'manager');
    const boss = await person('boss', 'admin');
    await sells(mel.id, 100);
    const id = await launched(mel.client, named(mel.id));
    const definition = { ...past, ...named(mel.id), payout: [podium(1_000)], minimum: '9' };
    const amend = (who: Client) => who.post(`/api/challenges/${id}/amend`, { definition });
    expect((await amend(mel.client)).body).toMatchObject(refused('gains'));
    expect((await amend(house.admin)).body).toMatchObject(refused('key'));
    expect((await amend(boss.client)).body).toMatchObject({ version: 2 });
    // Not for themselves either.
    const wider = { ...definition, ...named(mel.id, boss.id) };
    const entered = await boss.client.post(`/api/challenges/${id}/amend`, { definition: wider });
    expect(entered.body).toMatchObject(refused('gains'));
  });

  it('finds what is paid on the way pending until the challenge is certified', async () => {
    const hr = await house.hr();
    const mel = await person('mel', 'rep', 'manager');
    const ana = await person('sue', 'rep');
    await house.move('sue', [{ teamId: await teamOf(mel.id) }]);
    const payout = [{ kind: 'threshold', score: '10', points: 50, when: 'live' }];
    const id = await launched(mel.client, { ...named(mel.id, ana.id), payout });
    await sells(mel.id, 20);
    await sells(ana.id, 20);
    expect(await walletOf(ana.client)).toMatchObject({ available: 50, pending: 0 });
    expect(await walletOf(mel.client)).toMatchObject({ available: 0, pending: 50 });
    await new Programme(server, house.id).expectClean();
    expect(await certify(id, hr)).toEqual({ certified: true });
    expect(await walletOf(mel.client)).toMatchObject({ available: 50, pending: 0 });
    await new Programme(server, house.id).expectClean();
  });
});

describe('an admin who also sells', () => {
  it('does not sign again by a key, by HR of their making, or as HR whom they let in anew', async () => {
    const hr = await house.hr();
    const ada = await person('ada', 'rep', 'admin');
    await sells(ada.id, 100);
    const id = await launched(ada.client, named(ada.id));
    expect(await certify(id, ada.client)).toEqual({ certified: false });
    const made = await ada.client.post<{ key: string }>('/api/keys', {
      name: 'x',
      scopes: ['admin'],
    });
    const key = new Client(house.admin.url, made.body.key);
    expect(await certify(id, key)).toMatchObject(refused('key'));
    // By herself, by her key, and by an admin whom she has made.
    const own = await puppet(ada.client, 'own', ['hr']);
    const byKey = await puppet(key, 'by-key', ['hr']);
    const other = await puppet(ada.client, 'other', ['admin']);
    const second = await puppet(other, 'second', ['hr']);
    for (const one of [own, byKey, other, second]) {
      expect(await certify(id, one)).toEqual({ certified: false });
    }
    const hrId = house.members['Independent HR'] ?? '';
    const reset = await ada.client.post<{ token: string }>(`/api/members/${hrId}/invitation`);
    const visitor = new Client(house.admin.url);
    const { token } = reset.body;
    const opened = await visitor.post<SessionView>('/api/invitations', {
      token,
      password: PASSWORD,
    });
    expect(await certify(id, visitor.signedIn(opened))).toEqual({ certified: false });
    expect((await hr.get('/api/wallet')).status).toBe(401);
    await timePasses();
    expect(await statusOf(id)).toBe('provisional');
    // Let in again by somebody else, HR is HR.
    expect((await house.certify(id)).body).toEqual({ certified: true });
  });

  it('is given no points by HR of their making, nor by HR to whom they gave the role', async () => {
    const ada = await person('ada', 'rep', 'admin');
    const eva = await person('eva', 'rep');
    const own = await puppet(ada.client, 'own', ['hr']);
    const adjust = async (who: Client, memberId: string, amount: number) => {
      const body = { memberId, amount, reason: 'Merci' };
      const headers = { 'idempotency-key': randomUUID() };
      return (await who.post('/api/ledger/adjustments', body, headers)).body;
    };
    expect(await adjust(own, ada.id, 500)).toMatchObject(refused('account-from-gainer'));
    expect(await adjust(own, eva.id, 500)).toMatchObject({ available: 500 });
    expect(await adjust(own, ada.id, -5)).toMatchObject({ owed: 5 });
    await ada.client.patch(`/api/members/${eva.id}`, { roles: ['hr'] });
    const raised = await signIn(`eva@${house.id}.example`);
    expect(await adjust(raised, ada.id, 500)).toMatchObject(refused('role-from-gainer'));
    expect(await adjust(await house.hr(), ada.id, 500)).toMatchObject({ available: 495 });
  });
});

describe('a challenge that pays', () => {
  it('is not launched where nobody who gains nothing could sign', async () => {
    const mel = await person('mel', 'rep', 'manager');
    const id = await draftBy(mel.client, named(mel.id));
    expect(await launch(mel.client, id)).toMatchObject({
      status: 409,
      body: { code: 'no-independent-signer' },
    });
    expect(await statusOf(id)).toBe('draft');
    await mel.client.patch(`/api/challenges/${id}`, { payout: [] });
    expect((await launch(mel.client, id)).status).toBe(200);
    // Nothing is paid, so nobody else has to sign.
    expect(await certify(id, mel.client)).toEqual({ certified: true });
  });

  it('cannot be made of one that does not, behind the back of everybody who could sign', async () => {
    const mel = await person('mel', 'rep', 'manager');
    const more = { ...named(mel.id), payout: [], to: '2026-04-01' };
    const id = await draftBy(mel.client, more);
    await launch(mel.client, id);
    const definition = { ...past, ...more, payout: [podium(100)] };
    const amended = await mel.client.post(`/api/challenges/${id}/amend`, { definition });
    expect(amended.body).toMatchObject({ code: 'no-independent-signer' });
  });

  it('certifies itself where its author gains nothing', async () => {
    await house.hr();
    const boss = await person('boss', 'admin');
    const id = await launched(boss.client);
    await timePasses();
    expect(await statusOf(id)).toBe('certified');
  });

  it('waits where its author has the account from somebody who gains, or has left', async () => {
    const hr = await house.hr();
    const ada = await person('ada', 'rep', 'admin');
    const front = await puppet(ada.client, 'front', ['admin']);
    const id = await launched(front, named(ada.id));
    const mel = await person('mel', 'rep', 'manager');
    const left = await launched(mel.client, { ...named(mel.id), leavers: 'leave' });
    await house.admin.patch(`/api/members/${mel.id}`, { leftOn: '2026-03-10' });
    await timePasses();
    expect([await statusOf(id), await statusOf(left)]).toEqual(['provisional', 'provisional']);
    expect(await certify(left, hr)).toEqual({ certified: true });
  });
});

describe('a small firm', () => {
  it('works with a manager who sells and made HR, and an operator', async () => {
    const mel = await person('mel', 'rep', 'manager', 'admin');
    const hr = await puppet(mel.client, 'hr', ['hr']);
    const email = `operator@${house.id}.example`;
    const id = await draftBy(mel.client, named(mel.id));
    expect((await launch(mel.client, id)).body).toMatchObject({ code: 'no-independent-signer' });
    await server.app.get(SignInService).appoint(email, PASSWORD);
    const operator = await signIn(email);
    expect((await launch(mel.client, id)).body).toMatchObject({ status: 'provisional' });
    await sells(mel.id, 5);
    expect(await certify(id, hr)).toEqual({ certified: false });
    const asked = (await operator.get<{ items: object[] }>('/api/signatures')).body.items;
    const item = { challengeId: id, what: 'certify', points: 1_000, why: null };
    expect(asked).toMatchObject([{ ...item, organisation: { id: house.id } }]);
    const signed = await operator.post(`/api/signatures/${id}`, {});
    expect(signed.body).toEqual({ certified: true });
    expect(await walletOf(mel.client)).toMatchObject({ available: 1_000 });
    // Once the author only looks on, HR of their making gains by nothing and signs.
    const next = await launched(mel.client, { observers: [mel.id], payout: [podium(10)] });
    expect((await operator.post(`/api/signatures/${next}`, {})).body).toEqual({ certified: false });
    expect(await certify(next, hr)).toEqual({ certified: true });
    await server.sql('update person set operator = false where email = $1', [email]);
  });
});

describe('what was given before it was kept', () => {
  it('of a team that is given again comes from the last giver', async () => {
    const ada = await person('ada', 'rep', 'admin');
    const eva = await person('eva', 'manager');
    const team = await house.team('Sud', [], {
      managers: [{ memberId: eva.id, to: '2026-01-01' }],
    });
    const givers = () =>
      server.sql('select actor from provenance where subject = $1 and what = $2', [
        `member:${eva.id}`,
        `team:${team}`,
      ]);
    const [first] = await givers();
    const change = (managers: object[]) => ada.client.patch(`/api/teams/${team}`, { managers });
    await change([{ memberId: eva.id, to: '2026-01-01' }]);
    expect(await givers()).toEqual([first]);
    await change([
      { memberId: eva.id, to: '2026-01-01' },
      { memberId: eva.id, from: '2026-03-01' },
    ]);
    expect(await givers()).toEqual([{ actor: `member:${ada.id}` }]);
  });

  it('is told from the record of commands, as it would have been kept', async () => {
    await house.hr();
    const ada = await person('ada', 'rep', 'admin');
    const eva = await person('eva', 'rep');
    await puppet(ada.client, 'own', ['hr']);
    await ada.client.patch(`/api/members/${eva.id}`, { roles: ['hr', 'rep'] });
    await ada.client.post('/api/keys', { name: 'x', scopes: ['admin'] });
    await house.team('Est', [], { managers: [{ memberId: eva.id }] });
    await launched(ada.client, named(ada.id));
    // A role that comes with a team has no entry of its own: the team tells from whom it is.
    const kept = async (query: (sql: string) => Promise<unknown>) => [
      await query(
        `select subject, what, actor from provenance
         where organisation_id = '${house.id}' and actor <> 'system' and what <> 'role:manager'
         order by subject, what`,
      ),
      await query(
        `select challenge_id, actor from challenge_author
         where organisation_id = '${house.id}' order by challenge_id, actor`,
      ),
      await query(
        `select challenge_id, version, day::text, points::int from challenge_commitment
         where organisation_id = '${house.id}'`,
      ),
    ];
    const source = createDataSource({ url: server.databaseUrl }, 1);
    await source.initialize();
    const runner = source.createQueryRunner();
    const query = (sql: string) => runner.query(sql) as Promise<unknown>;
    await runner.startTransaction();
    try {
      const before = await kept(query);
      expect(before.map((rows) => (rows as object[]).length > 0)).toEqual([true, true, true]);
      const migration = new Signatures1791600000000();
      await migration.down(runner);
      await migration.up(runner);
      expect(await kept(query)).toEqual(before);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
      await source.destroy();
    }
  });
});
