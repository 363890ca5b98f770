import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { hostile, type Hostile } from '../support/generate/hostile.js';
import { Client } from '../support/client.js';
import { sale } from '../support/organisation.js';
import { cli, spawnServer, type ServerProcess } from '../support/process.js';

/** How often everything is sent; each time longer, the last time as long as a body may be. */
const ROUNDS = Number(process.env['HOSTILE_ROUNDS'] ?? 1);
const LONGEST = 7_800_000;
const SIZES = Array.from({ length: ROUNDS + 1 }, (_, n) =>
  Math.round(1_000 * (LONGEST / 1_000) ** (n / ROUNDS)),
);

const STOOD_STILL_MAX_MS = 500;
/** Below this nobody notices, and a collection of garbage is as long. */
const FLOOR_MS = 250;
const MEMORY_MAX_BYTES = 700_000_000;
const ANSWER_MAX_BYTES = 200_000;
/** Each of five thousand items may be refused, in some words. */
const BATCH_ANSWER_MAX_BYTES = 2_000_000;

/** Every route that anybody may send a body to, and some of the others. */
const OPEN = ['/api/session', '/api/setup/x', '/api/invitations/x'];
const CLOSED = ['/api/challenges', '/api/members', '/api/imports'];

const watched = pathToFileURL(path.resolve(import.meta.dirname, '../support/watched.mjs')).href;

interface Watched {
  stoodStillMs: number;
  rss: number;
}

let database: TestDatabase;
let server: ServerProcess;
let key: string;

beforeAll(async () => {
  database = await createDatabase();
  const env = { DATABASE_URL: database.url };
  server = await spawnServer({ ...env, NODE_OPTIONS: `--import=${watched}` });
  const { id } = await cli<{ id: string }>(env, 'organisation:create', '--name', 'Maison');
  const owner = ['--organisation', id];
  ({ key } = await cli<{ key: string }>(env, 'key:create', ...owner, '--scopes', 'admin'));
  await new Client(server.url, key).post('/api/members', { externalId: 'zoe', name: 'Zoé' });
});
afterAll(async () => {
  await server?.end('SIGTERM');
  await database?.drop();
});

const watch = () => server.ask<Watched>('watch');

async function send({ url, body, known }: Hostile) {
  const json = { 'content-type': 'application/json' };
  const headers = {
    ...(typeof body === 'string' ? json : {}),
    ...(known ? { authorization: `Bearer ${key}` } : {}),
  };
  try {
    const response = await fetch(server.url + url, { method: 'POST', headers, body });
    return { status: response.status, bytes: (await response.arrayBuffer()).byteLength };
  } catch {
    // A body that is too long may be cut off while it is sent: then nobody hears the answer.
    return { status: 413, bytes: 0 };
  }
}

/** So often a request is tried that stood still for too long: other work of the machine does so once. */
const TRIES = 3;

/** What is wrong with how a request was borne, each time; undefined when nothing is. */
async function complaint(one: Hostile, limitMs: number): Promise<string | undefined> {
  let said: string | undefined;
  for (let n = 0; n < TRIES; n++) {
    said = await complaintOnce(one, limitMs);
    if (!said?.includes('stood still')) return said;
  }
  return said;
}

async function complaintOnce(one: Hostile, limitMs: number): Promise<string | undefined> {
  await watch();
  const { status, bytes } = await send(one);
  const { stoodStillMs, rss } = await watch();
  const isBatch = one.url === '/api/activities';
  const told = [
    status >= 500 && `answered ${status}`,
    bytes > (isBatch ? BATCH_ANSWER_MAX_BYTES : ANSWER_MAX_BYTES) && `${bytes} bytes of answer`,
    stoodStillMs > limitMs && `stood still for ${Math.round(stoodStillMs)} ms`,
    rss > MEMORY_MAX_BYTES && `held ${Math.round(rss / 1e6)} MB`,
  ].filter((said) => said !== false);
  if (told.length === 0) return undefined;
  return `${one.what} to ${one.url}${one.known ? ' with a key' : ''}: ${told.join(', ')}`;
}

/** For how long an ordinary request lets the event loop stand still: the longest of some. */
async function quiet(): Promise<number> {
  const client = new Client(server.url, key);
  await watch();
  for (let n = 0; n < 5; n++) {
    const activities = Array.from({ length: 5_000 }, () => sale('zoe', '12.50'));
    await client.post('/api/activities', { activities });
    await client.post('/api/session', { email: 'zoe@example.com', password: 'x' });
  }
  return (await watch()).stoodStillMs;
}

describe('whatever is sent to the server', () => {
  it(
    'stops nobody else, fills no memory, fails nowhere and is answered in short',
    async () => {
      const limitMs = Math.min(STOOD_STILL_MAX_MS, Math.max(FLOOR_MS, 3 * (await quiet())));
      const complaints: string[] = [];
      for (const bytes of SIZES) {
        for (const one of hostile(bytes, OPEN, CLOSED)) {
          const said = await complaint(one, limitMs);
          if (said !== undefined) complaints.push(`${bytes} bytes of ${said}`);
        }
      }
      expect(complaints).toEqual([]);
    },
    120_000 + ROUNDS * 120_000,
  );

  it('leaves it as it was', async () => {
    const client = new Client(server.url, key);
    const { status, body } = await client.post('/api/activities', { activities: [sale('zoe', 1)] });
    expect([status, body]).toEqual([200, expect.objectContaining({ recorded: 1 })]);
    expect((await client.get('/api/health/ready')).status).toBe(200);
  });
});
