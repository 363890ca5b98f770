import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Door } from '@palmares/server/auth/door';
import { KeyMakers1791900000000 } from '@palmares/server/migrations/1791900000000-key-makers';
import { Database } from '@palmares/server/platform/database';
import type { ApiKeyView } from '@palmares/shared/auth/api-key';
import type { Client } from '../support/client.js';
import { connect } from '../support/live.js';
import type { TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let admin: Client;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation();
  admin = await house.signIn('admin');
});
afterAll(() => server.close());

const make = async (name: string, ...scopes: string[]) =>
  (await admin.post<{ id: string; key: string }>('/api/keys', { name, scopes })).body;
const list = async () => (await admin.get<{ items: ApiKeyView[] }>('/api/keys')).body.items;

describe('a key', () => {
  it('is shown once, and listed without its secret', async () => {
    const { id, key } = await make('CRM', 'read', 'read', 'activities:write');
    expect(key).toMatch(/^pal_key_[0-9a-f]{32}_[\w-]{43}$/);
    const { body } = await admin.get('/api/keys');
    expect(JSON.stringify(body)).not.toContain(key.slice(-43));
    expect((await list())[0]).toEqual({
      id,
      name: 'CRM',
      scopes: ['read', 'activities:write'],
      createdAt: expect.any(String),
      createdBy: { id: expect.any(String), name: expect.stringMatching(/^admin/) },
      orphaned: false,
      lastUsedAt: null,
      revokedAt: null,
    });
    const rows = await server.sql('select * from api_key');
    expect(JSON.stringify(rows)).not.toContain(key.slice(-43));
  });

  it('says when it was last used, without writing it down each time', async () => {
    const { id, key } = await make('till', 'read');
    const machine = server.client(key);
    const writes = async () => {
      const rows = await server.sql<{ version: string; at: Date }>(
        'select xmin::text as version, last_used_at as at from api_key where id = $1',
        [id],
      );
      return rows[0];
    };
    await machine.get('/api/challenges');
    const first = await writes();
    expect(first?.at.getTime()).toBeLessThanOrEqual(server.clock.now().getTime());
    await Promise.all(Array.from({ length: 50 }, () => machine.get('/api/challenges')));
    // Forgotten, as after five seconds, and read again within the minute.
    await admin.delete(`/api/keys/${(await make('x', 'read')).id}`);
    await machine.get('/api/challenges');
    expect(await writes()).toEqual(first);
    server.clock.travelTo(new Date(server.clock.now().getTime() + 61_000));
    await admin.delete(`/api/keys/${(await make('y', 'read')).id}`);
    await machine.get('/api/challenges');
    expect((await writes())?.at.getTime()).toBeGreaterThan(first?.at.getTime() ?? 0);
  });

  it('is good for nothing from the moment it is revoked', async () => {
    const { id, key } = await make('old', 'read');
    const machine = server.client(key);
    expect((await machine.get('/api/challenges')).status).toBe(200);
    const socket = server.socket({ key });
    await connect(socket);
    const gone = once(socket as never, 'disconnect');
    expect((await admin.delete(`/api/keys/${id}`)).status).toBe(204);
    expect((await machine.get('/api/challenges')).status).toBe(401);
    await gone;
    const revokedAt = (await list()).find((one) => one.id === id)?.revokedAt;
    expect(revokedAt).toEqual(expect.any(String));
    expect((await admin.delete(`/api/keys/${id}`)).status).toBe(204);
    expect((await list()).find((one) => one.id === id)?.revokedAt).toBe(revokedAt);
    const noted = await admin.get<{ items: unknown[] }>(`/api/audit?subject=key:${id}`);
    expect(noted.body.items).toMatchObject([{ action: 'key.revoke' }, { action: 'key.create' }]);
  });

  it('of another organisation is neither seen nor revoked', async () => {
    const { id, key } = await make('ours', 'read');
    const other = await server.organisation();
    const theirs = await other.signIn('admin');
    expect((await theirs.delete(`/api/keys/${id}`)).status).toBe(404);
    const { body } = await theirs.get<{ items: ApiKeyView[] }>('/api/keys');
    expect(body.items.map((one) => one.id)).not.toContain(id);
    expect((await server.client(key).get('/api/challenges')).status).toBe(200);
  });

  it.each([
    [{ name: '', scopes: ['read'] }, ['/name']],
    [{ name: 'x', scopes: [] }, ['/scopes']],
    [{ name: 'x', scopes: ['everything'] }, ['/scopes/0']],
    [{ scopes: ['read'], organisationId: 'x' }, ['/name', '/organisationId']],
  ])('is not made of %j', async (input, pointers) => {
    const { status, body } = await admin.post<{ errors: { pointer: string }[] }>(
      '/api/keys',
      input,
    );
    expect([status, body.errors.map(({ pointer }) => pointer).toSorted()]).toEqual([422, pointers]);
  });
});

describe('who made a key', () => {
  const rename = (boss: Client, id: string, change: object) =>
    boss.patch(`/api/members/${id}`, change);

  it('is listed with it and written down, and answers for the keys that this key makes', async () => {
    const chief = await house.signIn('admin', { name: 'Chief' });
    const chiefId = house.members['Chief'];
    const { id, key } = (
      await chief.post<{ id: string; key: string }>('/api/keys', { name: 'a', scopes: ['admin'] })
    ).body;
    const child = (
      await server.client(key).post<{ id: string }>('/api/keys', { name: 'b', scopes: ['read'] })
    ).body;
    const makers = new Map((await list()).map((one) => [one.id, one.createdBy]));
    expect(makers.get(id)).toEqual({ id: chiefId, name: 'Chief' });
    expect(makers.get(child.id)).toEqual({ id: chiefId, name: 'Chief' });
    const noted = await admin.get<{ items: unknown[] }>(`/api/audit?subject=key:${child.id}`);
    expect(noted.body.items).toMatchObject([{ after: { createdBy: chiefId, scopes: ['read'] } }]);
  });

  it('is found in the record for keys made before it was kept', async () => {
    const chief = await house.signIn('admin', { name: 'Elder' });
    const body = { name: 'old', scopes: ['admin'] };
    const first = (await chief.post<{ id: string; key: string }>('/api/keys', body)).body;
    const child = (await server.client(first.key).post<{ id: string }>('/api/keys', body)).body;
    const runner = server.app.get(Database).dataSource.createQueryRunner();
    const migration = new KeyMakers1791900000000();
    await migration.down(runner);
    await migration.up(runner);
    await runner.release();
    const makers = new Map((await list()).map((one) => [one.id, one.createdBy?.name]));
    expect([makers.get(first.id), makers.get(child.id)]).toEqual(['Elder', 'Elder']);
    expect((await house.admin.get('/api/keys')).status).toBe(200);
  });

  it.each([
    ['is an admin no more', { roles: ['rep'] }],
    ['has left', { leftOn: '2020-01-01' }],
  ])(
    'takes it along: one whose maker %s opens nothing, its sockets close',
    async (_why, change) => {
      const name = `Maker ${JSON.stringify(change)}`;
      const maker = await house.signIn('admin', { name });
      const made = (
        await maker.post<{ id: string; key: string }>('/api/keys', { name, scopes: ['admin'] })
      ).body;
      const machine = server.client(made.key);
      const child = (
        await machine.post<{ id: string; key: string }>('/api/keys', {
          name: 'c',
          scopes: ['read'],
        })
      ).body;
      expect((await machine.get('/api/keys')).status).toBe(200);
      const socket = server.socket({ key: made.key });
      await connect(socket);
      const gone = once(socket as never, 'disconnect');
      expect((await rename(admin, house.members[name] ?? '', change)).status).toBe(200);
      await gone;
      expect((await machine.get('/api/keys')).status).toBe(401);
      expect((await server.client(child.key).get('/api/challenges')).status).toBe(401);
      const listed = (await list()).filter((one) => [made.id, child.id].includes(one.id));
      expect(listed.map(({ orphaned, revokedAt }) => [orphaned, revokedAt])).toEqual([
        [true, null],
        [true, null],
      ]);
      // One of the command line has no maker who could go.
      expect((await house.admin.get('/api/keys')).status).toBe(200);
    },
  );

  it('is shown out of the sockets by a last day that passes', async () => {
    const name = 'Leaver';
    const maker = await house.signIn('admin', { name });
    const { key } = (
      await maker.post<{ id: string; key: string }>('/api/keys', { name, scopes: ['read'] })
    ).body;
    const tomorrow = new Date(server.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
    await rename(admin, house.members[name] ?? '', { leftOn: tomorrow });
    const socket = server.socket({ key });
    await connect(socket);
    const gone = once(socket as never, 'disconnect');
    server.clock.travelTo(new Date(server.clock.now().getTime() + 2 * 86_400_000));
    await server.app.get(Door).look();
    await gone;
    expect((await server.client(key).get('/api/challenges')).status).toBe(401);
  });
});
