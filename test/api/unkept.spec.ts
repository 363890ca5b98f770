import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { Database } from '@palmares/server/platform/database';
import type { Client } from '../support/client.js';
import type { TestOrganisation } from '../support/organisation.js';
import { routes } from '../support/routes.js';
import { startServer, type TestServer } from '../support/server.js';

const METRICS_TOKEN = 'a token of the operator';
const ID = '0198c2a0-0000-7000-8000-000000000000';

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer({ METRICS_TOKEN });
  house = await server.organisation(['zoe']);
});
afterAll(() => server.close());

const kept = async (client: Client, path: string, method = 'GET') =>
  (await client.raw(path, { method })).headers.get('cache-control');

describe('what is answered', () => {
  it('is kept by no browser and no proxy, whatever the route, the caller and the outcome', async () => {
    const all = routes(server.app).filter(({ name }) => name.includes(' /api/'));
    expect(all.length).toBeGreaterThan(100);
    const found = new Map<string, string | null>();
    for (const { name } of all) {
      const [method = '', pattern = ''] = name.split(' ');
      const path = pattern.replaceAll(/:\w+/g, ID);
      found.set(`${name} of nobody`, await kept(server.client(), path, method));
      // With nothing to do: what a command needs is not there.
      found.set(`${name} of an admin`, await kept(house.admin, path, method));
    }
    expect([...found].filter(([, value]) => value !== 'no-store')).toEqual([]);
  });

  it.each(['/api/openapi.json', '/api/nothing', '/api/%zz', '/api/docs', '/%61pi/kpis'])(
    'is not kept at %s',
    async (path) => expect(await kept(server.client(), path)).toBe('no-store'),
  );

  it('is not kept where a key or an invitation is shown once', async () => {
    const key = await house.admin.post('/api/keys', { name: 'x', scopes: ['read'] });
    const member = await house.member('Léa', { email: 'lea@example.com' });
    const invitation = await house.admin.post(`/api/members/${member}/invitation`);
    for (const { status, headers } of [key, invitation]) {
      expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    }
  });

  it('is asked for again each time where it is a board', async () => {
    const path = `/api/challenges/${await house.challenge()}/board`;
    for (const at of [path, path, `${path}?limit=1`]) {
      expect(await kept(house.admin, at)).toBe('private, no-cache');
    }
  });
});

describe('the state of the database', () => {
  it('is told as ready or not, and why is for the log', async () => {
    const database = server.app.get(Database);
    const snapshot = database.snapshot.bind(database);
    database.snapshot = () => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:5499'));
    try {
      const answer = await server.client().get<{ detail?: string }>('/api/health/ready');
      expect(answer.status).toBe(503);
      expect(JSON.stringify(answer.body)).not.toMatch(/ECONN|127\.0|5499/);
    } finally {
      database.snapshot = snapshot;
    }
  });
});

describe('measurements', () => {
  const status = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(`${server.url}/metrics`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject).end();
    });

  it('are read on this machine', async () => {
    expect(await status({})).toBe(200);
    expect(await status({ host: 'palmares.example' })).toBe(200);
  });

  it.each(['x-forwarded-for', 'x-real-ip', 'forwarded', 'via', 'x-forwarded-host'])(
    'are refused to whoever comes through a proxy that says %s',
    async (name) => {
      for (const value of ['127.0.0.1', '203.0.113.7', '']) {
        expect(await status({ [name]: value })).toBe(401);
      }
      const authorization = `Bearer ${METRICS_TOKEN.slice(1)}`;
      expect(await status({ [name]: '203.0.113.7', authorization })).toBe(401);
      expect(await status({ [name]: '203.0.113.7', authorization: 'Bearer ' })).toBe(401);
    },
  );

  it('are read from elsewhere by the token of the operator', async () => {
    const authorization = `Bearer ${METRICS_TOKEN}`;
    expect(await status({ 'x-forwarded-for': '203.0.113.7', authorization })).toBe(200);
  });

  it('are refused from elsewhere where there is no token', async () => {
    const without = await startServer();
    try {
      const headers = { 'x-forwarded-for': '203.0.113.7', authorization: 'Bearer undefined' };
      expect((await fetch(`${without.url}/metrics`, { headers })).status).toBe(401);
      expect((await fetch(`${without.url}/metrics`)).status).toBe(200);
    } finally {
      await without.close();
    }
  });
});
