import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Import, ImportProgress } from '@palmares/shared/import/import';
import pg from 'pg';
import { Client } from '../support/client.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { faultyFile, faultyMapping } from '../support/generate/faulty-file.js';
import { draftOf } from '../support/import.js';
import { march } from '../support/organisation.js';
import { cli, spawnServer, type ServerProcess } from '../support/process.js';

/** How long the file is, and how often the process that is at it is killed. */
const ROWS = Number(process.env['IMPORT_ROWS'] ?? 8_000);
const KILLS = 2;
const PATIENCE_MS = 60_000 + ROWS * 5;

const sellers = ['zoe', 'ali', 'eve', 'max', 'ben', 'ana', 'leo'];
const file = faultyFile(ROWS, sellers);

let database: TestDatabase;
let pool: pg.Pool;
const servers: ServerProcess[] = [];

interface House {
  id: string;
  key: string;
  challenge: string;
}

const env = () => ({ DATABASE_URL: database.url });
const start = async (): Promise<ServerProcess> => {
  const server = await spawnServer(env());
  servers.push(server);
  return server;
};

async function organisation(server: ServerProcess): Promise<House> {
  const words = ['--name', 'Maison', '--time-zone', 'Europe/Paris'];
  const { id } = await cli<{ id: string }>(env(), 'organisation:create', ...words);
  const owner = ['--organisation', id];
  const { key } = await cli<{ key: string }>(env(), 'key:create', ...owner, '--scopes', 'admin');
  const client = new Client(server.url, key);
  for (const name of sellers) await client.post('/api/members', { externalId: name, name });
  const { body } = await client.post<{ id: string }>('/api/challenges', march);
  await client.post(`/api/challenges/${body.id}/launch`);
  return { id, key, challenge: body.id };
}

async function begin(server: ServerProcess, { key }: House): Promise<Import> {
  const client = new Client(server.url, key);
  const draft = await draftOf(client, file.bytes, { mapping: faultyMapping });
  await client.post(`/api/imports/${draft.id}/commit`);
  return draft;
}

const view = async (server: ServerProcess, { key }: House, id: string) =>
  (await new Client(server.url, key).get<Import>(`/api/imports/${id}`)).body;

const over = ({ status }: Import) => status === 'done' || status === 'failed';

/** What is there in the end, by whatever way it came. */
async function outcome(server: ServerProcess, house: House, id: string) {
  const client = new Client(server.url, house.key);
  const { rows } = await pool.query(
    `select count(*)::int as revisions, count(distinct external_id)::int as identities,
       (sum(amount) filter (where superseded_seq is null) / 100)::bigint::text as cents,
       (select count(*)::int from waiting where organisation_id = $1) as waiting
     from activity where organisation_id = $1`,
    [house.id],
  );
  const refused = await client.get<string>(`/api/imports/${id}/refused.csv`);
  return {
    counts: rows[0] as unknown,
    board: (await client.board(house.challenge)).rows.map(({ subject, score }) => [
      subject.label,
      score,
    ]),
    refused: refused.body,
  };
}

const wanted: Partial<ImportProgress> = {
  rows: file.rows,
  skipped: file.skipped,
  recorded: file.recorded,
  revised: file.revised,
  unchanged: file.unchanged,
  stale: 0,
  waiting: file.waiting,
  refused: file.refused.length,
};

beforeAll(async () => {
  database = await createDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  pool.on('error', () => {});
});
afterAll(async () => {
  for (const server of servers) await server.end('SIGKILL');
  await pool.end();
  await database.drop();
});

describe(`a file of ${ROWS} rows with every kind of fault`, () => {
  let undisturbed: Awaited<ReturnType<typeof outcome>>;

  it(
    'records what is right and refuses the rest with its reason',
    async () => {
      const server = await start();
      const house = await organisation(server);
      const { id, encoding } = await begin(server, house);
      const done = await eventually(() => view(server, house, id), over, PATIENCE_MS);
      expect([encoding, done.status]).toEqual(['windows-1252', 'done']);
      expect(done.progress).toMatchObject(wanted);
      undisturbed = await outcome(server, house, id);
      const cents = [...file.cents.values()].reduce((sum, some) => sum + some, 0);
      expect(undisturbed.counts).toEqual({
        revisions: file.recorded + file.revised,
        identities: file.recorded,
        cents: String(cents),
        waiting: file.waiting,
      });
      const lines = await pool.query<{ line: number }>(
        'select line from import_refusal where import_id = $1 order by number',
        [id],
      );
      expect(lines.rows.map(({ line }) => line)).toEqual(file.refused);
      await server.end('SIGTERM');
    },
    PATIENCE_MS,
  );

  it(
    'ends the same when the process that is at it is killed, and killed again',
    async () => {
      let server = await start();
      const house = await organisation(server);
      const { id } = await begin(server, house);
      for (let kill = 1; kill <= KILLS; kill++) {
        const far = (ROWS * kill) / (KILLS + 1);
        await eventually(
          () => view(server, house, id),
          ({ progress }) => progress.rows >= far,
          PATIENCE_MS,
        );
        await server.end('SIGKILL');
        server = await start();
        const after = await view(server, house, id);
        expect(after.progress.rows).toBeLessThan(ROWS);
      }
      const done = await eventually(() => view(server, house, id), over, PATIENCE_MS);
      expect(done).toMatchObject({ status: 'done', progress: wanted });
      expect(await outcome(server, house, id)).toEqual(undisturbed);
      const check = await cli(env(), 'rebuild', '--organisation', house.id, '--check');
      expect(check).toMatchObject({ differences: 0 });
      await server.end('SIGTERM');
    },
    PATIENCE_MS * 2,
  );

  it(
    'is recorded once where two processes look for work',
    async () => {
      const [server, other] = [await start(), await start()];
      const house = await organisation(server);
      const { id } = await begin(other, house);
      const done = await eventually(() => view(server, house, id), over, PATIENCE_MS);
      expect(done).toMatchObject({ status: 'done', progress: wanted });
      expect(await outcome(server, house, id)).toEqual(undisturbed);
    },
    PATIENCE_MS * 2,
  );
});
