import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEmbedded } from '@palmares/server/platform/embedded';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { Client, linesOf } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { march, sale, type Receipt } from '../support/organisation.js';
import { cli, spawnServer, type ServerProcess } from '../support/process.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 6);
/** Said in a failure, so that its moments can be had again. */
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
const STREAMS = 3;
const PER_BATCH = 20;

let state = SEED;
const random = () => (state = (state * 48_271 + 1) % 2_147_483_647) / 2_147_483_647;

let dir: string;
let key: string;
let server: ServerProcess | undefined;

beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-kill-'));
  // The database may run as another account, which has to walk through.
  fs.chmodSync(dir, 0o711);
  const env = { DATA_DIR: dir };
  const { id } = await cli<{ id: string }>(env, 'organisation:create', '--name', 'Maison');
  const owner = ['--organisation', id];
  await cli(env, 'member:create', ...owner, '--name', 'zoe', '--external-id', 'zoe');
  ({ key } = await cli<{ key: string }>(env, 'key:create', ...owner, '--scopes', 'admin'));
});
afterAll(async () => {
  await server?.end('SIGTERM');
  fs.rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

const start = async (): Promise<Client> => {
  server = await spawnServer({ DATA_DIR: dir, DATABASE_POOL: '4' });
  return new Client(server.url, key);
};

/** Lets everything that waits have its turn once. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

type Batch = ReturnType<typeof sale>[];
const batch = (): Batch => Array.from({ length: PER_BATCH }, () => sale('zoe', 1));
const send = (client: Client, activities: Batch) =>
  client.post<Receipt>('/api/activities', { activities });

/** Sends batches one after the other until the server is gone; sorts them by whether it answered. */
async function stream(client: Client, kept: Batch[], unsure: Batch[]): Promise<void> {
  for (;;) {
    const activities = batch();
    try {
      const { status } = await send(client, activities);
      expect(status).toBe(200);
      kept.push(activities);
    } catch {
      unsure.push(activities);
      return;
    }
  }
}

/** Processes that have our folder on their command line. */
const remaining = () =>
  execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(dir));

describe(`a server killed at random moments (seed ${SEED})`, () => {
  const kept: Batch[] = [];
  const unsure: Batch[] = [];
  let challenge: string;

  it(
    'loses nothing that was answered',
    async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const client = await start();
        if (round === 0) {
          challenge = (await client.post<{ id: string }>('/api/challenges', march)).body.id;
          await client.post(`/api/challenges/${challenge}/launch`);
        }
        // What the one before it answered is there.
        for (const activities of kept.slice(-2 * STREAMS)) {
          expect((await send(client, activities)).body).toMatchObject({ unchanged: PER_BATCH });
        }
        const streams = Array.from({ length: STREAMS }, () => stream(client, kept, unsure));
        const enough = kept.length + Math.floor(random() * 12);
        await eventually(() => kept.length >= enough);
        for (let turns = random() * 50; turns > 0; turns--) await nextTurn();
        await server?.end('SIGKILL');
        await Promise.all(streams);
      }
      expect(kept.length).toBeGreaterThan(ROUNDS);
    },
    ROUNDS * 15_000,
  );

  it('leaves no process behind', async () => {
    expect(await eventually(remaining, (lines) => lines.length === 0, 20_000)).toEqual([]);
  });

  it('has every activity exactly once when all is sent again', async () => {
    const client = await start();
    expect(remaining().length).toBeGreaterThan(0);
    for (const activities of kept) {
      expect((await send(client, activities)).body).toMatchObject({
        recorded: 0,
        revised: 0,
        unchanged: PER_BATCH,
        refused: [],
      });
    }
    for (const activities of unsure) {
      const { body } = await send(client, activities);
      // A batch is there or not: never a part of it.
      expect([0, PER_BATCH]).toContain(body.recorded);
      expect(body.recorded + body.unchanged).toBe(PER_BATCH);
    }
    const total = (kept.length + unsure.length) * PER_BATCH;
    expect(linesOf(await client.board(challenge))).toEqual([[1, 'zoe', String(total)]]);
    expect(await counts()).toEqual({ rows: total, identities: total, sum: total });
  }, 60_000);

  it('ends by itself, and its database with it', async () => {
    expect(await server?.end('SIGTERM')).toMatchObject({ code: 0 });
    expect(await eventually(remaining, (lines) => lines.length === 0, 20_000)).toEqual([]);
  });
});

/** Asked of the database itself, beside the server. */
async function counts(): Promise<unknown> {
  const database = await openEmbedded(dir);
  const client = new pg.Client({ ...database.cfg });
  await client.connect();
  try {
    const { rows } = await client.query(
      `select count(*)::int as rows, count(distinct (source, external_id))::int as identities,
         (select (sum(sum) / 10000)::int from measure_day) as sum from activity`,
    );
    return rows[0];
  } finally {
    await client.end();
    await database.stop();
  }
}
