import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Client } from '../support/client.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { PASSWORD, sale } from '../support/organisation.js';
import { cli, spawnServer, type ServerProcess } from '../support/process.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 3);
/** Said in a failure, so that its moments can be had again. */
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
const MEMBERS = 40;

let state = SEED;
const random = () => (state = (state * 48_271 + 1) % 2_147_483_647) / 2_147_483_647;

/** Lets everything that waits have its turn once. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

let database: TestDatabase;
let env: Record<string, string>;
let key: string;
let hr: Client;
let pool: pg.Pool;
const servers: ServerProcess[] = [];

const start = async (): Promise<Client> => {
  const server = await spawnServer(env);
  servers.push(server);
  return new Client(server.url, key);
};

beforeAll(async () => {
  database = await createDatabase();
  env = { DATABASE_URL: database.url, DATABASE_POOL: '4' };
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  pool.on('error', () => {});
  const { id } = await cli<{ id: string }>(env, 'organisation:create', '--name', 'Maison');
  const words = ['--organisation', id, '--scopes', 'admin'];
  ({ key } = await cli<{ key: string }>(env, 'key:create', ...words));
  const email = 'hr@example.com';
  const credentials = ['--email', email, '--password', PASSWORD];
  const member = ['--organisation', id, '--name', 'HR', '--roles', 'hr', ...credentials];
  await cli(env, 'member:create', ...member);
  const client = await start();
  const visitor = new Client(client.url);
  hr = visitor.signedIn(await visitor.post('/api/session', { email, password: PASSWORD }));
  const names = Array.from({ length: MEMBERS }, (_, n) => `rep${n}`);
  for (const name of names) await client.post('/api/members', { externalId: name, name });
  const activities = names.map((name, n) => sale(name, 10 + n, { occurredAt: '2025-03-10' }));
  await client.post('/api/activities', { activities });
}, 60_000);
afterAll(async () => {
  for (const server of servers) await server.end('SIGKILL');
  await pool.end();
  await database.drop();
});

const payout = [
  { kind: 'rank', points: [500, 300, 100] },
  { kind: 'threshold', score: '20', points: 7 },
  { kind: 'prize', place: 1, prize: 'Un vélo' },
];

/** A challenge whose window was over before it was launched: it can be certified at once. */
async function over(client: Client): Promise<string> {
  const rules = [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '1' }];
  const definition = { name: 'Sprint', from: '2025-03-01', to: '2025-04-01', rules, payout };
  const { id } = (await client.post<{ id: string }>('/api/challenges', definition)).body;
  expect((await client.post(`/api/challenges/${id}/launch`)).status).toBe(200);
  return id;
}

/** HR who gains nothing, at the server of a client. */
const signerAt = ({ url }: Client) => new Client(url, undefined, hr.browser);

const certify = (client: Client, id: string) =>
  signerAt(client).post<{ certified?: boolean; code?: string }>(`/api/challenges/${id}/certify`);

/** Points that stand posted to members for a challenge, and those of its awards. */
async function paid(id: string): Promise<{ posted: number; awarded: number; awards: number }> {
  const { rows } = await pool.query<{ posted: number; awarded: number; awards: number }>(
    `select
       (select coalesce(sum(case when to_account = 'available' then amount else -amount end), 0)
        from posting where reference like 'challenge/' || $1::text || '/%')::int as posted,
       (select coalesce(sum(points), 0) from award where challenge_id = $1::uuid)::int as awarded,
       (select count(*) from award where challenge_id = $1::uuid)::int as awards`,
    [id],
  );
  return rows[0] ?? { posted: 0, awarded: 0, awards: 0 };
}

/** Whoever has 20 or more gets 7, the first three their places, the first one a gift. */
const EXPECTED = { awarded: 900 + (MEMBERS - 10) * 7, awards: 3 + (MEMBERS - 10) + 1 };

async function expectPaidOnce(client: Client, id: string): Promise<void> {
  expect(await paid(id)).toEqual({ ...EXPECTED, posted: EXPECTED.awarded });
  const check = await client.get<{ differences: number }>('/api/ledger/check');
  expect([check.status, check.body.differences]).toEqual([200, 0]);
}

describe(`a certification (seed ${SEED})`, () => {
  it(
    'killed at random moments pays exactly once',
    async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const client = await start();
        const id = await over(client);
        const asked = certify(client, id).catch(() => undefined);
        for (const until = performance.now() + random() * 60; performance.now() < until;) {
          await nextTurn();
        }
        await servers.at(-1)?.end('SIGKILL');
        await asked;
        const before = await paid(id);
        // All of it, or nothing.
        expect([0, EXPECTED.awards]).toContain(before.awards);
        const again = await start();
        const { status, body } = await certify(again, id);
        expect([status, body.code ?? body.certified]).toEqual(
          before.awards === 0 ? [200, true] : [409, 'challenge-certified'],
        );
        await expectPaidOnce(again, id);
        await servers.at(-1)?.end('SIGKILL');
      }
    },
    30_000 + ROUNDS * 20_000,
  );

  it('asked of two processes at once pays once', async () => {
    const [one, other] = [await start(), await start()];
    const id = await over(one);
    const answers = await Promise.all(
      [one, other, one, other].map((client) => certify(client, id)),
    );
    const codes = answers.map(({ body }) => body.code ?? body.certified);
    expect(codes.filter((code) => code === true)).toHaveLength(1);
    expect(codes.filter((code) => code === 'challenge-certified')).toHaveLength(3);
    await expectPaidOnce(one, id);
  }, 60_000);
});
