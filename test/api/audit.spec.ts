import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntryView } from '@palmares/shared/audit/audit';
import { activityIdOf } from '@palmares/shared/activity/activity-id';
import type { Client } from '../support/client.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

interface Page {
  items: AuditEntryView[];
  nextCursor: string | null;
  teams: { id: string; name: string }[];
}

let server: TestServer;
let house: TestOrganisation;
let admin: Client;
let adminId: string;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['zoe']);
  admin = await house.signIn('admin', { name: 'Ada' });
  adminId = house.members['Ada'] ?? '';
});
afterAll(() => server.close());

const entries = async (query = '', by: Client = admin): Promise<AuditEntryView[]> =>
  (await by.get<Page>(`/api/audit?limit=200&${query}`)).body.items;
const last = async () => (await entries())[0] as AuditEntryView;

describe('the record of who did what', () => {
  it('says who, what, when and from where', async () => {
    const answer = await admin.post<{ id: string }>('/api/keys', {
      name: 'till',
      scopes: ['read'],
    });
    expect(await last()).toEqual({
      id: expect.any(String),
      at: expect.stringMatching(/^2026-03-15T12:/),
      actor: { signature: `member:${adminId}`, name: 'Ada' },
      behalf: null,
      action: 'key.create',
      subject: `key:${answer.body.id}`,
      before: null,
      after: { createdBy: adminId, scopes: ['read'] },
      address: '127.0.0.1',
      requestId: answer.headers.get('x-request-id'),
    });
  });

  it('knows a key by its name, and what the server does by itself', async () => {
    const team = await house.team('Nord');
    const [made] = await entries(`subject=team:${team}`);
    expect(made?.actor).toEqual({ signature: expect.stringMatching(/^key:/), name: 'API' });
    const [born] = await entries(`subject=member:${house.members['zoe']}`);
    expect([born?.actor.signature, born?.address, born?.requestId]).toEqual(['system', null, null]);
  });

  it('says what its teams are called to whoever reads it, though HR lists no teams', async () => {
    const team = await house.team('Sud-Est');
    const person = await house.member('mover');
    await admin.patch(`/api/members/${person}`, {
      teams: [{ teamId: team, from: null, to: null }],
    });
    const hr = await house.signIn('hr');
    expect((await hr.get('/api/teams')).status).toBe(403);
    for (const subject of [`team:${team}`, `member:${person}`]) {
      const { body } = await hr.get<Page>(`/api/audit?subject=${subject}`);
      expect(body.teams).toEqual([{ id: team, name: 'Sud-Est' }]);
    }
    const other = await server.organisation();
    expect((await other.admin.get<Page>('/api/audit')).body.teams).toEqual([]);
  });

  it('does not mix up those who act at the same moment', async () => {
    const team = (by: Client, name: string) => by.post<{ id: string }>('/api/teams', { name });
    const callers = Array.from({ length: 12 }, (_one, at) => (at % 2 ? admin : house.admin));
    const made = await Promise.all([
      ...callers.map((by, at) => team(by, `Équipe ${at}`)),
      house.record(sale('zoe', 1)).then(() => team(admin, 'Après')),
    ]);
    const known = await entries('action=team.create');
    for (const [at, { body, headers }] of made.entries()) {
      const own = known.find(({ subject }) => subject === `team:${body.id}`);
      expect(own?.actor.name).toBe((callers[at] ?? admin) === admin ? 'Ada' : 'API');
      expect(own?.requestId).toBe(headers.get('x-request-id'));
    }
  });

  it('keeps what changed, and no name, e-mail or text of anybody', async () => {
    const id = await house.member('secret name', { email: 'secret@example.com' });
    const change = { name: 'other secret', roles: ['rep', 'manager'], leftOn: '2026-05-01' };
    expect((await admin.patch(`/api/members/${id}`, change)).status).toBe(200);
    const known = await entries(`subject=member:${id}`);
    expect(known[0]).toMatchObject({
      action: 'member.change',
      before: { roles: ['rep'], leftOn: null },
      after: {
        roles: ['rep', 'manager'],
        leftOn: '2026-05-01',
        named: ['leftOn', 'name', 'roles'],
      },
    });
    expect(JSON.stringify(known)).not.toContain('secret');
  });

  it('is written with the command or not at all', async () => {
    const before = await entries();
    expect((await admin.post('/api/teams', { name: 'X', parentId: house.id })).status).toBe(422);
    expect((await admin.delete(`/api/keys/${house.id}`)).status).toBe(404);
    expect(await entries()).toEqual(before);
  });

  it('has verdicts, targets, settings, KPIs and board links', async () => {
    const known = sale('zoe', 5);
    await house.record(known);
    const challenge = await house.challenge();
    const subject = { type: 'member', id: house.members['zoe'] };
    const item = { kpi: 'revenue', period: '2026-03', subject, value: '10' };
    const path = `/api/activities/${activityIdOf(known)}/verdict`;
    const link = await admin.post<{ id: string }>(`/api/challenges/${challenge}/board-links`);
    const answers = [
      await admin.post(path, { verdict: 'rejected', reason: 'twice' }),
      await admin.put('/api/targets', { items: [item] }),
      await admin.patch('/api/organisation', { workingWeek: [1, 2, 3, 4] }),
      await admin.delete(`/api/board-links/${link.body.id}`),
    ];
    // What is revoked already is not revoked again.
    answers.push(await admin.delete(`/api/board-links/${link.body.id}`));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 200, 204, 204]);
    const done = (await entries()).slice(0, 5).map(({ action }) => action);
    expect(done).toEqual([
      'board-link.revoke',
      'organisation.change',
      'targets.save',
      'verdict.give',
      'board-link.create',
    ]);
    expect((await entries('action=verdict.give'))[0]).toMatchObject({
      subject: `activity:${activityIdOf(known)}`,
      after: { verdict: 'rejected' },
    });
  });

  it('has passwords and invitations, by whoever chose them', async () => {
    const id = await house.member('Ines', { email: 'ines@example.com' });
    const ines = await house.enter(id);
    const change = { current: 'correct horse battery staple', password: 'another long passphrase' };
    expect((await ines.post('/api/session/password', change)).status).toBe(204);
    const done = (await entries(`subject=member:${id}`)).map(({ action, actor }) => {
      return [action, actor.signature.split(':')[0], actor.name];
    });
    expect(done).toEqual([
      ['password.change', 'member', 'Ines'],
      ['invitation.redeem', 'member', 'Ines'],
      ['invitation.issue', 'key', 'API'],
      ['member.create', 'system', null],
    ]);
    expect(JSON.stringify(await entries())).not.toContain('passphrase');
  });

  it('is read in pages and by actor, action and time', async () => {
    const all = await entries();
    const paged: AuditEntryView[] = [];
    let cursor: string | null = null;
    do {
      const more: string = cursor ? `&cursor=${cursor}` : '';
      const { body } = await admin.get<Page>(`/api/audit?limit=3${more}`);
      paged.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor);
    expect(paged).toEqual(all);
    const own = await entries(`actor=member:${adminId}`);
    expect(own).toEqual(all.filter(({ actor }) => actor.signature === `member:${adminId}`));
    const { at } = all[4] as AuditEntryView;
    expect(await entries(`from=${at}`)).toEqual(all.filter((one) => one.at >= at));
    expect(await entries(`to=${at}`)).toEqual(all.filter((one) => one.at < at));
    expect((await admin.get('/api/audit?from=yesterday')).status).toBe(422);
  });

  it('cannot be rewritten, not even in the database', async () => {
    for (const change of [
      `update audit_entry set actor = 'nobody'`,
      'delete from audit_entry',
      'truncate audit_entry',
    ]) {
      await expect(server.sql(change)).rejects.toThrow('audit_entry is append-only');
    }
  });

  it('is of one organisation', async () => {
    const other = await server.organisation(['eve']);
    const theirs = await entries('', other.admin);
    expect(theirs.map(({ action }) => action)).toEqual(
      ['key.create', 'member.create'].toReversed(),
    );
    expect(await entries(`subject=member:${house.members['zoe']}`, other.admin)).toEqual([]);
  });
});
