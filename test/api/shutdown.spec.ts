import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '@palmares/server/platform/config';
import { once } from 'node:events';
import net from 'node:net';
import pg from 'pg';
import { io } from 'socket.io-client';
import { Client } from '../support/client.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { sale } from '../support/organisation.js';
import { cli, runServer, spawnServer, type ServerProcess } from '../support/process.js';

let database: TestDatabase;
let env: Record<string, string>;
let organisation: string;
let key: string;
const running: ServerProcess[] = [];

beforeAll(async () => {
  database = await createDatabase();
  env = { DATABASE_URL: database.url };
  organisation = (await cli<{ id: string }>(env, 'organisation:create', '--name', 'Maison')).id;
  const owner = ['--organisation', organisation];
  ({ key } = await cli<{ key: string }>(env, 'key:create', ...owner, '--scopes', 'admin'));
  await cli(env, 'member:create', ...owner, '--name', 'zoe', '--external-id', 'zoe');
});
afterAll(async () => {
  for (const server of running) await server.end('SIGKILL');
  await database.drop();
});

const start = async () => {
  const server = await spawnServer(env);
  running.push(server);
  return server;
};

describe('a server that is told to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('with %s ends by itself with 0', async (signal) => {
    const server = await start();
    expect((await new Client(server.url).get('/api/health/live')).status).toBe(200);
    expect(await server.end(signal)).toMatchObject({ code: 0, signal: null, stderr: '' });
  });

  it('answers what it was asked, and soon', async () => {
    const server = await start();
    const holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select 1 from sequence where organisation_id = $1 for update', [
        organisation,
      ]);
      const activities = [sale('zoe', 1)];
      const asked = new Client(server.url, key).post('/api/activities', { activities });
      await eventually(() => waiting(holder));
      const ended = server.end('SIGTERM');
      await eventually(() =>
        new Client(server.url).get('/api/health/live').then(
          () => false,
          () => true,
        ),
      );
      await holder.query('rollback');
      expect(await asked).toMatchObject({ status: 200, body: { recorded: 1 } });
      const since = Date.now();
      expect(await ended).toMatchObject({ code: 0, stderr: '' });
      expect(Date.now() - since).toBeLessThan(3_000);
    } finally {
      await holder.end();
    }
  });

  it('lets open sockets and idle connections go at once', async () => {
    const server = await start();
    const socket = io(server.url, { auth: { key }, transports: ['websocket'], forceNew: true });
    const idle = net.connect(Number(new URL(server.url).port), '127.0.0.1');
    try {
      await Promise.all([once(socket as never, 'connect'), once(idle, 'connect')]);
      const since = Date.now();
      expect(await server.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
      expect(Date.now() - since).toBeLessThan(4_000);
    } finally {
      socket.disconnect();
      idle.destroy();
    }
  });

  it('cuts off whoever never finishes a request', async () => {
    const server = await start();
    const slow = net.connect(Number(new URL(server.url).port), '127.0.0.1');
    slow.on('error', () => {});
    try {
      await once(slow, 'connect');
      slow.write(
        `POST /api/activities HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\n` +
          'content-type: application/json\r\ncontent-length: 100\r\n\r\n{',
      );
      await eventually(() => new Client(server.url).get('/api/health/live'));
      expect(await server.end('SIGTERM')).toMatchObject({ code: 0 });
    } finally {
      slow.destroy();
    }
  });
});

/** Whether somebody waits for a lock in the database. */
async function waiting(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    `select 1 from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length > 0;
}

describe('an environment that is wrong', () => {
  it.each([
    [{ PORT: '70000' }, 'PORT'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ DEMO: 'maybe' }, 'DEMO'],
  ])('such as %j is refused by name', (wrong, name) => {
    expect(() => readConfig(wrong)).toThrow(new RegExp(`^The environment.*:\n  ${name}: .+$`));
  });

  it('ends the server with what is wrong, and nothing more', async () => {
    const { code, stderr, stdout } = await runServer({ ...env, PORT: 'abc' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The environment is not usable:\n {2}PORT: .+\n$/);
    expect(stdout).toBe('');
  });

  it('ends the server with a word when its port is taken', async () => {
    const server = await start();
    const { port } = new URL(server.url);
    const { code, stderr } = await runServer({ ...env, PORT: port });
    expect([code, stderr]).toEqual([1, `Port ${port} is in use; set PORT to another.\n`]);
  });
});
