import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmbedded, type Embedded } from '@palmares/server/platform/embedded';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { io, type Socket } from 'socket.io-client';
import { Client, linesOf } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { Watcher } from '../support/live.js';
import { march, sale, type Receipt } from '../support/organisation.js';
import { cli, spawnServer, type ServerProcess } from '../support/process.js';

const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 2);
const STREAMS = 3;
const PER_BATCH = 10;
/** Longer than the server is patient with its database, for each thing that it asks of it. */
const HANGS_MS = 25_000;

let dir: string;
let cluster: Embedded;
let server: ServerProcess;
let client: Client;
let key: string;
let organisation: string;
let challenge: string;
let socket: Socket;
let watcher: Watcher;

const databaseUrl = () => {
  const { host, password } = cluster.cfg;
  return `postgresql://palmares:${password}@localhost/palmares?host=${encodeURIComponent(host)}`;
};

beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-faults-'));
  // The database may run as another account, which has to walk through.
  fs.chmodSync(dir, 0o711);
  cluster = await startEmbedded(dir);
  const env = { DATABASE_URL: databaseUrl(), DATABASE_POOL: '4' };
  const made = await cli<{ id: string }>(env, 'organisation:create', '--name', 'Maison');
  organisation = made.id;
  const owner = ['--organisation', organisation];
  await cli(env, 'member:create', ...owner, '--name', 'zoe', '--external-id', 'zoe');
  ({ key } = await cli<{ key: string }>(env, 'key:create', ...owner, '--scopes', 'admin'));
  server = await spawnServer(env);
  client = new Client(server.url, key);
  challenge = (await client.post<{ id: string }>('/api/challenges', march)).body.id;
  await client.post(`/api/challenges/${challenge}/launch`);
  socket = io(server.url, { auth: { key }, transports: ['websocket'], autoConnect: false });
  watcher = await Watcher.open(socket, board);
}, 60_000);
afterAll(async () => {
  socket?.disconnect();
  await server?.end('SIGTERM');
  await cluster?.stop();
  fs.rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}, 60_000);

const board = () => client.board(challenge);

type Batch = ReturnType<typeof sale>[];
const kept: Batch[] = [];
const unsure: Batch[] = [];

/** One batch, which is answered: recorded, or not now. Any other answer, or none, is an error. */
async function send(activities: Batch): Promise<Receipt | undefined> {
  const { status, headers, body } = await client.raw<Receipt>('/api/activities', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ activities }),
    signal: AbortSignal.timeout(HANGS_MS),
  });
  if (status === 200) return body;
  expect([429, 503]).toContain(status);
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(headers.get('retry-after')).toMatch(/^\d+$/);
  return undefined;
}

const batch = (): Batch => Array.from({ length: PER_BATCH }, () => sale('zoe', 1));

/** Sends batches one after the other from several sides while something happens. */
async function underLoad(happens: () => Promise<void>): Promise<void> {
  let over = false;
  const streams = Array.from({ length: STREAMS }, async () => {
    while (!over) {
      const activities = batch();
      const receipt = await send(activities);
      if (receipt) {
        // Done twice is done once, and the one who asked cannot tell.
        expect(receipt.refused).toEqual([]);
        expect(receipt.recorded + receipt.unchanged).toBe(PER_BATCH);
      }
      (receipt ? kept : unsure).push(activities);
    }
  });
  const readers = (async () => {
    while (!over) {
      const signal = AbortSignal.timeout(HANGS_MS);
      const { status } = await client.raw(`/api/challenges/${challenge}/board`, { signal });
      expect([200, 503]).toContain(status);
    }
  })();
  const sides = Promise.all([...streams, readers]);
  const course = async () => {
    const before = kept.length;
    await eventually(() => kept.length >= before + STREAMS);
    await happens();
    const after = kept.length;
    await eventually(() => kept.length >= after + 5 * STREAMS, Boolean, HANGS_MS);
  };
  try {
    await Promise.race([course(), sides]);
  } finally {
    over = true;
  }
  await sides;
}

const postmaster = () =>
  Number(fs.readFileSync(path.join(dir, 'pgdata/postmaster.pid'), 'utf8').split('\n', 1)[0]);

async function asOwner<Row extends object>(sql: string): Promise<Row[]> {
  const owner = new pg.Client({ ...cluster.cfg, user: 'postgres' });
  owner.on('error', () => {});
  await owner.connect();
  try {
    return (await owner.query<Row>(sql)).rows;
  } finally {
    await owner.end();
  }
}

const OURS = `from pg_stat_activity where datname = 'palmares' and pid <> pg_backend_pid()`;

const faults: Record<string, () => Promise<void>> = {
  'PostgreSQL is restarted': async () => {
    await cluster.stop();
    cluster = await startEmbedded(dir);
  },
  'PostgreSQL is killed and started again': async () => {
    process.kill(postmaster(), 'SIGKILL');
    await cluster.lost;
    cluster = await startEmbedded(dir);
  },
  'one of its processes is killed, so that it resets itself': async () => {
    const [one] = await asOwner<{ pid: number }>(`select pid ${OURS} limit 1`);
    process.kill(one?.pid ?? Number.NaN, 'SIGKILL');
    await eventually(() => asOwner('select 1').catch(() => undefined));
  },
  'every connection is cut': async () => {
    await asOwner(`select pg_terminate_backend(pid) ${OURS}`);
  },
};

describe('a server under load', () => {
  it.each(Array.from({ length: ROUNDS }, () => Object.keys(faults)).flat())(
    'answers every request while %s, and goes on',
    async (fault) => {
      await underLoad(faults[fault] as () => Promise<void>);
      const truth = await board();
      expect(linesOf(await watcher.reach(truth.version))).toEqual(linesOf(truth));
    },
    90_000,
  );

  it('says that it is not ready while there is no database, and is again when there is', async () => {
    await cluster.stop();
    try {
      const activities = batch();
      const sent = send(activities);
      // At once, while the other one still hopes.
      const ready = client.get('/api/health/ready');
      expect(await Promise.race([ready, sent])).toMatchObject({
        status: 503,
        body: { code: 'unavailable' },
      });
      expect(await sent).toBeUndefined();
      unsure.push(activities);
      expect((await client.get('/api/health/live')).status).toBe(200);
    } finally {
      cluster = await startEmbedded(dir);
    }
    const activities = batch();
    expect(await send(activities)).toMatchObject({ recorded: PER_BATCH });
    kept.push(activities);
    expect((await client.get('/api/health/ready')).status).toBe(200);
    const truth = await board();
    expect(linesOf(await watcher.reach(truth.version))).toEqual(linesOf(truth));
  }, 90_000);

  it(
    'has recorded all it answered exactly once, and the rest whole or not at all',
    async () => {
      for (const activities of kept) {
        expect(await send(activities)).toMatchObject({ recorded: 0, unchanged: PER_BATCH });
      }
      for (const activities of unsure) {
        const receipt = await send(activities);
        expect([0, PER_BATCH]).toContain(receipt?.recorded);
      }
      const total = (kept.length + unsure.length) * PER_BATCH;
      expect(linesOf(await board())).toEqual([[1, 'zoe', String(total)]]);
      const [counts] = await asOwner('select count(*)::int as rows from activity');
      expect(counts).toEqual({ rows: total });
      const words = ['rebuild', '--organisation', organisation, '--check'];
      expect(await cli({ DATABASE_URL: databaseUrl() }, ...words)).toMatchObject({
        differences: 0,
      });
    },
    ROUNDS * 45_000,
  );

  it('is still the same process, and ends by itself', async () => {
    expect(await server.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  });
});
