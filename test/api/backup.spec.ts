import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BackupError } from '@palmares/server/backup/backup-file';
import { storedJson } from '@palmares/server/backup/stored-json';
import { BackupService } from '@palmares/server/backup/backup.service';
import { RebuildService, type RebuildReport } from '@palmares/server/intake/rebuild.service';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { Client, linesOf } from '../support/client.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { Programme } from '../support/ledger.js';
import { draftOf } from '../support/import.js';
import { ownKpi, sale, type TestOrganisation } from '../support/organisation.js';
import { cli, endOfCli, spawnServer } from '../support/process.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let challenge: string;
let key: string;
let folder: string;
const others: TestDatabase[] = [];

beforeAll(async () => {
  server = await startServer();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-backup-'));
  house = await server.organisation(['zoe', 'ali', 'O’Neill \\ "Tab\there"']);
  key = await house.key('admin');
  const rules = ['revenue', 'new-customers'].map((kpi) => {
    return { type: 'per-unit', kpi, score: '1', per: '1' };
  });
  challenge = await house.challenge({ rules });
  const strange = { customer: 'a\\b\tc\nd\\.\n\\N', attributes: { '\\.': 'é\r\n🏆', n: 0.1 } };
  const shares = ['zoe', 'ali'].map((externalId) => ({ member: { externalId }, weight: '0.5' }));
  await house.record(
    sale('zoe', '0.0001', strange),
    { ...sale('zoe', 5), member: undefined, shares, lines: [{ product: '\\.', amount: 5 }] },
    sale('nobody', 9, strange),
    { ...sale('ali', 3), void: true },
  );
  const mapping = { kind: 'activities', columns: { amount: 'x' } };
  await house.admin.post('/api/kpis', ownKpi);
  await house.admin.post('/api/import-mappings', { name: 'till', mapping });
  await draftOf(house.admin, 'x;y\n1;2\n', { mapping });
  const programme = new Programme(server, house.id);
  const member = house.members['zoe'] ?? '';
  await programme.reserve(100);
  await programme.settle(programme.due(member, 60, { reason: 'é\\\t🏆', expiresOn: '2031-01-01' }));
  await programme.hold(member, 1, 20);
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true });
  for (const other of others) await other.drop();
  await server.close();
});

let files = 0;
const newFile = () => path.join(folder, `${(files += 1)}.backup`);
const here = () => ({ DATABASE_URL: server.databaseUrl });

async function empty(): Promise<{ DATABASE_URL: string }> {
  const database = await createDatabase();
  others.push(database);
  return { DATABASE_URL: database.url };
}

async function ask<Row extends object>(url: string, sql: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Every row of every table as text; the test's own words, not those of the backup. */
async function everything(url: string) {
  const tables = await ask<{ name: string }>(
    url,
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_name <> 'migration' order by 1`,
  );
  expect(tables.length).toBeGreaterThan(10);
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await ask<{ row: string }>(url, `select t::text as row from "${name}" t`);
    all[name] = rows.map(({ row }) => row).toSorted();
  }
  return all;
}

describe('a backup', () => {
  it('brings every row of every table to an empty database', async () => {
    const file = newFile();
    await cli(here(), 'backup', file);
    const there = await empty();
    expect(await cli(there, 'restore', file)).toMatchObject({ organisations: 1, differences: 0 });
    expect(await everything(there.DATABASE_URL)).toEqual(await everything(server.databaseUrl));
    const change = ask(there.DATABASE_URL, 'update posting set amount = 1');
    await expect(change).rejects.toThrow(/append-only/);
  }, 60_000);

  it('beside a server that records is of one instant, and serves on from there', async () => {
    const file = newFile();
    let stop = false;
    const streams = ['zoe', 'ali'].map(async (member) => {
      while (!stop) await house.record(...Array.from({ length: 20 }, () => sale(member, 1)));
    });
    const before = (await house.admin.board(challenge)).version;
    await cli(here(), 'backup', file);
    const after = (await house.admin.board(challenge)).version;
    stop = true;
    await Promise.all(streams);
    expect(after).toBeGreaterThan(before);

    const there = await empty();
    expect(await cli(there, 'restore', file)).toMatchObject({ differences: 0 });
    const words = ['rebuild', '--organisation', house.id, '--check'];
    const { seq, differences } = await cli<RebuildReport>(there, ...words);
    expect([differences, seq >= before, seq <= after]).toEqual([0, true, true]);
    const restored = await spawnServer(there);
    try {
      const client = new Client(restored.url, key);
      const board = await client.board(challenge);
      // By the clock of the other server its days of grace are over: it may have certified itself.
      expect(board.version).toBeGreaterThanOrEqual(seq);
      const found = board.rows.map(({ subject, score }) => [subject.label, score]);
      expect(new Map(found as [string, string][])).toEqual(new Map(await scoresAsOf(seq)));
      const activities = [sale('zoe', 1)];
      expect(await client.post('/api/activities', { activities })).toMatchObject({
        status: 200,
        body: { recorded: 1 },
      });
      expect((await client.board(challenge)).version).toBeGreaterThan(seq);
    } finally {
      await restored.end('SIGTERM');
    }
  }, 60_000);

  it('is written to a new file only', async () => {
    const file = newFile();
    fs.writeFileSync(file, 'mine');
    const { code, stderr } = await endOfCli(here(), 'backup', file);
    expect([code, stderr]).toEqual([1, expect.stringContaining('EEXIST')]);
    expect(fs.readFileSync(file, 'utf8')).toBe('mine');
  });
});

/** The board of the challenge by the log of its changes. */
async function scoresAsOf(seq: number) {
  const rows = await server.sql<{ name: string; score: string }>(
    `select name, (score / 10000.0)::float8::text as score from (
       select distinct on (subject_id) subject_id, score from score_change
       where organisation_id = $1 and challenge_id = $2 and seq <= $3
       order by subject_id, seq desc) as last
     join member on member.organisation_id = $1 and member.id = subject_id
`,
    [house.id, challenge, seq],
  );
  return rows.map(({ name, score }): [string, string] => [name, score]);
}

describe('a restore', () => {
  let file: string;
  let whole: Buffer;
  let there: TestServer;

  beforeAll(async () => {
    file = newFile();
    await server.app.get(BackupService).backup(file);
    whole = fs.readFileSync(file);
    there = await startServer();
  });
  afterAll(() => there.close());

  async function refuses(bytes: Buffer, reason: RegExp): Promise<void> {
    const wrong = newFile();
    fs.writeFileSync(wrong, bytes);
    const refusal: unknown = await there.app
      .get(BackupService)
      .restore(wrong)
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BackupError);
    expect((refusal as Error).message).toMatch(reason);
    const [found] = await there.sql(
      `select (select count(*)::int from organisation) as organisations,
         (select count(*)::int from activity) as activities`,
    );
    expect(found).toEqual({ organisations: 0, activities: 0 });
  }

  it('refuses a database that is not empty, and leaves it as it is', async () => {
    const before = await everything(server.databaseUrl);
    const { code, stderr } = await endOfCli(here(), 'restore', file);
    expect([code, stderr]).toEqual([1, expect.stringContaining('empty database')]);
    expect(await everything(server.databaseUrl)).toEqual(before);
  });

  it('refuses a file that was cut anywhere', async () => {
    for (const part of [0, 1, 9, 10, 0.1, 0.5, 0.9, -9, -8, -1]) {
      const length = part > 0 && part < 1 ? whole.length * part : part;
      await refuses(whole.subarray(0, Math.floor(length)), /./);
    }
  });

  it('refuses a text that was cut anywhere and packed again', async () => {
    const text = gunzipSync(whole).toString();
    const ends = text.lastIndexOf('\n', text.length - 2);
    const middle = text.indexOf('\n\\.\n') + 1;
    for (const end of [ends, ends + 1, middle, middle + 3, text.indexOf('\n') + 1]) {
      await refuses(gzipSync(text.slice(0, end)), /ends too early/);
    }
  });

  it.each([
    ['nothing like it', Buffer.from('hello'), /cannot be read/],
    ['another packed file', gzipSync('hello\n'), /not a backup/],
    ['a backup of another format', gzipSync('{"format":"x","version":1}\n'), /not a backup/],
  ])('refuses %s', (_what, bytes, reason) => refuses(bytes, reason));

  it('refuses a file that is not there', async () => {
    const none = path.join(folder, 'none');
    const { code, stderr } = await endOfCli({ DATABASE_URL: there.databaseUrl }, 'restore', none);
    expect([code, stderr]).toEqual([1, expect.stringContaining('ENOENT')]);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it('refuses another schema', async () => {
    const [head = '', ...rest] = gunzipSync(whole).toString().split('\n');
    const { migrations, ...header } = JSON.parse(head) as { migrations: string[] };
    const newer = { ...header, migrations: [...migrations, 'tomorrow1999999999999'] };
    await refuses(gzipSync([JSON.stringify(newer), ...rest].join('\n')), /tomorrow1999999999999/);
  });

  it('refuses tables and columns that are not ours', async () => {
    const text = gunzipSync(whole).toString();
    const named = text.replace('{"table":"member"', '{"table":"pg_authid"');
    await refuses(gzipSync(named), /no table pg_authid/);
    const column = text.replace('"recorded_at"', '"recorded_at\\""');
    await refuses(gzipSync(column), /no table/);
  });

  it.each<[string, string, string, string | object]>(
    storedJson.flatMap<[string, string, string, string | object]>(({ table, column }) => [
      [table, column, 'step', { step: '1 + (select pg_sleep(9))::int::bigint * 0' }],
      [table, column, 'a text', 'x'],
    ]),
  )(
    'runs nothing of a %s whose %s has another shape (%s)',
    async (table, column, _what, planted) => {
      const rows = await ask<{ row: Record<string, unknown> }>(
        server.databaseUrl,
        `select to_jsonb(t) as row from "${table}" t where "${column}" is not null limit 1`,
      );
      const known = rows[0]?.row[column] as object | undefined;
      // The one of the finding is otherwise as it should be; others are something else altogether.
      const hostile =
        table === 'measure' && typeof planted === 'object' ? { ...known, ...planted } : planted;
      const text = gunzipSync(whole).toString().split('\n');
      const head = text.findIndex((line) => line.startsWith(`{"table":"${table}"`));
      const { columns } = JSON.parse(text[head] ?? '') as { columns: string[] };
      const cells = (text[head + 1] ?? '').split('\t');
      // These are read by screens alone, and there are none of them here.
      if (text[head + 1] === '\\.') return expect(['dispute', 'notification']).toContain(table);
      cells[columns.indexOf(column)] = JSON.stringify(hostile).replaceAll('\\', '\\\\');
      text[head + 1] = cells.join('\t');
      const message = new RegExp(`${table}.${column} holds what is no definition of ours`);
      await refuses(gzipSync(text.join('\n')), message);
    },
  );

  it('refuses a file with one wrong bit', async () => {
    const places = Array.from({ length: 20 }, (_, at) => Math.floor((whole.length * at) / 20));
    // Some bytes of the head say nothing: the hour, the system.
    for (const at of [...places.filter((place) => place > 9), whole.length - 6]) {
      const wrong = Buffer.from(whole);
      wrong[at] = (wrong[at] ?? 0) ^ 4;
      await refuses(wrong, /./);
    }
  });

  it('believes nothing before the checksum, which may come alone', async () => {
    // The checksum begins with the second piece in which a file is read.
    const most = 65_536;
    const wrong = withComment(whole, most + 8 - whole.length);
    expect(wrong).toHaveLength(most + 8);
    wrong[most] = (wrong[most] ?? 0) ^ 4;
    await refuses(wrong, /cannot be read to its end/);
  });

  it('works on the same database after all that, once', async () => {
    const backups = there.app.get(BackupService);
    expect(await backups.restore(file)).toMatchObject({ differences: 0 });
    await expect(backups.restore(file)).rejects.toThrow('empty database');
  });
});

/** The same packed bytes with a comment of so many bytes in their head. */
function withComment(packed: Buffer, length: number): Buffer {
  const head = Buffer.from(packed.subarray(0, 10));
  head[3] = 16;
  const comment = Buffer.alloc(length, 'x');
  comment[length - 1] = 0;
  return Buffer.concat([head, comment, packed.subarray(10)]);
}

describe('a rebuild', () => {
  const check = () => server.app.get(RebuildService).check(house.id);
  const rebuild = () => server.app.get(RebuildService).rebuild(house.id);
  const whose = 'organisation_id = :own';
  const harm = (sql: string) => server.sql(sql.replace(':own', `'${house.id}'`));

  beforeEach(async () => {
    await house.record(sale('zoe', 11), sale('ali', 12, { customer: 'ana' }));
  });

  it('finds nothing to say of what is right, and changes no score', async () => {
    expect(await check()).toMatchObject({ differences: 0, challenges: 1 });
    const before = linesOf(await house.admin.board(challenge));
    expect(await rebuild()).toMatchObject({ differences: 0 });
    expect(linesOf(await house.admin.board(challenge))).toEqual(before);
  });

  it.each([
    ['a total that is wrong', `update measure_day set sum = sum + 1 where ${whose}`, 'total'],
    ['a total that is gone', `delete from measure_day where ${whose}`, 'total'],
    [
      'a total of nothing',
      `insert into measure_day (organisation_id, measure_id, member_id, day, count, sum)
       select organisation_id, measure_id, member_id, '2026-03-31', 1, 1 from measure_day
       where ${whose} limit 1`,
      'total',
    ],
    ['a score that is wrong', `update score set score = score + 1 where ${whose}`, 'score'],
    ['a part that is wrong', `update score set parts[1] = 7 where ${whose}`, 'score'],
    ['a day that is wrong', `update score set reached_on = '2026-03-02' where ${whose}`, 'score'],
    [
      'a change that is wrong',
      `update score_change set score = score + 1 where ${whose}`,
      'score-change',
    ],
    ['changes that are gone', `delete from score_change where ${whose}`, 'score-change'],
  ])('names %s, and mends it', async (_what, sql, what) => {
    const right = linesOf(await house.admin.board(challenge));
    await harm(sql);
    const found = await check();
    expect(found.first.map((one) => one.what)).toContain(what);
    expect(found.differences).toBeGreaterThan(0);
    await rebuild();
    expect(await check()).toMatchObject({ differences: 0 });
    expect(linesOf(await house.admin.board(challenge))).toEqual(right);
    // The running server remembers nothing of what was wrong.
    await house.record(sale('zoe', 1));
    expect(await check()).toMatchObject({ differences: 0 });
  });

  it('by the command line ends with 1 for a difference, and mends it beside the server', async () => {
    const command = async (...more: string[]) => {
      const words = ['rebuild', '--organisation', house.id, ...more, '--json'];
      const { code, stdout } = await endOfCli(here(), ...words);
      return { code, ...(JSON.parse(stdout) as RebuildReport) };
    };
    expect(await command('--check')).toMatchObject({ code: 0, differences: 0 });
    await harm(`update score set score = score + 1 where ${whose}`);
    expect(await command('--check')).toMatchObject({
      code: 1,
      first: expect.arrayContaining([expect.objectContaining({ what: 'score' })]),
    });
    expect(await command()).toMatchObject({ code: 0 });
    expect(await command('--check')).toMatchObject({ code: 0, differences: 0 });
    await house.record(sale('zoe', 1));
    expect(await check()).toMatchObject({ differences: 0 });
  });

  it('of an organisation that there is not is refused', async () => {
    const nowhere = '01890000-0000-7000-8000-000000000000';
    const { code, stderr } = await endOfCli(here(), 'rebuild', '--organisation', nowhere);
    expect([code, stderr]).toEqual([1, expect.stringContaining('no such organisation')]);
  });
});
