import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
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
