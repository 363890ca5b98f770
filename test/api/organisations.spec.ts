import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  IssuedInvitation,
  OrganisationView,
  SessionView,
} from '@palmares/shared/auth/session';
import type { Client } from '../support/client.js';
import { PASSWORD } from '../support/organisation.js';
import { cli, endOfCli } from '../support/process.js';
import { startServer, type TestServer } from '../support/server.js';

type Made = OrganisationView & { invitation: IssuedInvitation | null };

let server: TestServer;
let operator: Client;

const email = 'operator@example.com';
const run = (...words: string[]) => cli({ DATABASE_URL: server.databaseUrl }, ...words);
const signIn = (password = PASSWORD) =>
  server.client().post<SessionView>('/api/session', { email, password });

beforeAll(async () => {
  server = await startServer();
  await run('operator:create', '--email', email, '--password', PASSWORD);
  operator = server.client().signedIn(await signIn());
});
afterAll(() => server.close());

const create = (more: object = {}) =>
  operator.post<Made>('/api/organisations', { name: 'Maison', ...more });
const redeem = (token: string) =>
  server.client().post<SessionView>('/api/invitations', { token, password: PASSWORD });
const eva = { email: 'eva@example.com', name: 'Eva' };

describe('an operator', () => {
  it('is made by the command line, and is a member of nothing', async () => {
    expect((await signIn()).body).toMatchObject({
      person: { email, operator: true },
      organisations: [],
      current: null,
    });
    expect((await operator.get('/api/challenges')).status).toBe(403);
  });

  it('makes an organisation whose first admin enters by a link', async () => {
    const { status, body } = await create({ name: 'Nord', currency: 'CHF', admin: eva });
    expect([status, body.members]).toEqual([201, 1]);
    expect(body).toMatchObject({ name: 'Nord', currency: 'CHF', timeZone: 'Europe/Paris' });
    const entered = await redeem(body.invitation?.token ?? '');
    expect(entered.body.current).toMatchObject({
      organisation: { id: body.id, name: 'Nord', currency: 'CHF' },
      member: { name: 'Eva', roles: ['admin'] },
    });
    const admin = server.client().signedIn(entered);
    expect((await admin.get('/api/keys')).body).toMatchObject({ items: [] });
    expect((await admin.get('/api/organisations')).status).toBe(403);
  });

  it('invites again while nobody has entered, and never after that', async () => {
    const { body } = await create({ admin: { email: 'first@example.com', name: 'First' } });
    const path = `/api/organisations/${body.id}/invitation`;
    const second = await operator.post<IssuedInvitation>(path, {
      email: 'first@example.com',
      name: 'First',
    });
    expect(second.status).toBe(201);
    expect((await redeem(body.invitation?.token ?? '')).status).toBe(404);
    expect((await redeem(second.body.token)).status).toBe(200);
    expect((await operator.post(path, eva)).body).toMatchObject({ code: 'has-an-admin' });
  });

  it('lists them newest first, a page at a time, and renames them', async () => {
    for (const name of ['A', 'B', 'C']) await create({ name });
    const page = async (query: string) =>
      (
        await operator.get<{ items: OrganisationView[]; nextCursor: string | null }>(
          `/api/organisations${query}`,
        )
      ).body;
    const first = await page('?limit=2');
    expect(first.items.map(({ name }) => name)).toEqual(['C', 'B']);
    const rest = await page(`?cursor=${first.nextCursor}`);
    expect(rest.items[0]?.name).toBe('A');
    expect(rest.nextCursor).toBeNull();
    const [latest] = first.items;
    const renamed = await operator.patch(`/api/organisations/${latest?.id}`, { name: 'Ouest' });
    expect(renamed.body).toMatchObject({ id: latest?.id, name: 'Ouest' });
    expect((await page('?limit=1')).items[0]?.name).toBe('Ouest');
  });

  it.each([{ name: '' }, { timeZone: 'Mars' }, { admin: { email: 'x', name: 'x' } }])(
    'makes none with %j',
    async (wrong) => {
      expect((await create(wrong)).status).toBe(422);
    },
  );
});

describe('a forgotten password', () => {
  it('is overruled by the command line, which ends the sessions', async () => {
    const before = server.client().signedIn(await signIn());
    await run('person:password', '--email', email, '--password', 'une autre phrase');
    expect((await before.get('/api/session')).status).toBe(401);
    expect((await signIn()).status).toBe(401);
    expect((await signIn('une autre phrase')).status).toBe(200);
    const nobody = ['--email', 'nobody@example.com', '--password', PASSWORD];
    const end = await endOfCli({ DATABASE_URL: server.databaseUrl }, 'person:password', ...nobody);
    expect([end.code, end.stderr]).toEqual([1, expect.stringContaining('Nobody has this e-mail')]);
  });
});
