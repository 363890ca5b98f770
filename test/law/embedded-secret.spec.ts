import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEmbedded, startEmbedded, type Embedded } from '@palmares/server/platform/embedded';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';

let dir: string;
let open: Embedded[];

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-secret-'));
  // It may run as another account, which has to walk through.
  fs.chmodSync(dir, 0o711);
  open = [];
});
afterEach(async () => {
  for (const database of open.reverse()) await database.stop();
  fs.rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

const keep = async (database: Promise<Embedded>): Promise<Embedded> => {
  open.push(await database);
  return database;
};
const rules = () => path.join(dir, 'pgdata/pg_hba.conf');
const secret = () => path.join(dir, 'pg.secret');

async function ask(config: pg.ClientConfig, sql: string): Promise<unknown[]> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return (await client.query<{ value: unknown }>(sql)).rows.map(({ value }) => value);
  } finally {
    await client.end();
  }
}
const refused = async (config: pg.ClientConfig) => {
  await expect(ask(config, 'select 1 as value')).rejects.toMatchObject({ code: '28P01' });
};
/** Neither the owner of the cluster nor the application comes in without the password. */
async function trustsNobody({ cfg }: Embedded): Promise<void> {
  for (const user of ['postgres', 'palmares']) {
    await refused({ ...cfg, user, password: 'a guess' });
  }
  const text = fs.readFileSync(rules(), 'utf8');
  expect(text).not.toMatch(/^\s*[^#]*\b(trust|peer)\b/m);
  expect(fs.statSync(secret()).mode & 0o777).toBe(0o600);
  expect(fs.statSync(secret()).uid).toBe(process.getuid?.());
  expect(text).not.toContain(cfg.password);
}

/** As the version before left it: trust for whoever reaches the socket, no password. */
async function asItWasBefore(): Promise<void> {
  const database = await startEmbedded(dir);
  await ask(database.cfg, 'create table kept as select 7 as value');
  const owner = { ...database.cfg, user: 'postgres' };
  await ask(owner, 'alter role palmares password null');
  await ask(owner, 'alter role postgres password null');
  await database.stop();
  fs.writeFileSync(rules(), 'local all all trust\n');
  fs.rmSync(secret());
}

describe('the embedded database', () => {
  it('lets nobody in without its password, and a command beside a server with it', async () => {
    const owner = await keep(startEmbedded(dir));
    await trustsNobody(owner);
    const guest = await keep(openEmbedded(dir));
    expect(guest.started).toBe(false);
    expect(await ask(guest.cfg, 'select current_user as value')).toEqual(['palmares']);
  });

  it('of an earlier version is closed at its start, without loss', async () => {
    await asItWasBefore();
    const database = await keep(startEmbedded(dir));
    await trustsNobody(database);
    expect(await ask(database.cfg, 'select value from kept')).toEqual([7]);
  });

  it('of an earlier version is closed by two processes at once', async () => {
    await asItWasBefore();
    const [first, second] = await Promise.all([openEmbedded(dir), openEmbedded(dir)]);
    open.push(first, second);
    expect(first.started).not.toBe(second.started);
    for (const { cfg } of open) expect(await ask(cfg, 'select value from kept')).toEqual([7]);
  });

  it.each([
    ['lost', () => fs.rmSync(secret())],
    ['damaged', () => fs.writeFileSync(secret(), 'x')],
  ])('takes a new password where the one before is %s', async (_what, spoil) => {
    const before = await startEmbedded(dir);
    await ask(before.cfg, 'create table kept as select 7 as value');
    await before.stop();
    spoil();
    const database = await keep(startEmbedded(dir));
    expect(database.cfg.password).not.toBe(before.cfg.password);
    expect(await ask(database.cfg, 'select value from kept')).toEqual([7]);
    await refused({ ...database.cfg, password: before.cfg.password });
  });

  const root = process.getuid?.() === 0;
  (root ? it : it.skip)('leaves the password to the owner of the folder', async () => {
    const nobody = 65_534;
    fs.chownSync(dir, nobody, nobody);
    await keep(startEmbedded(dir));
    const { uid, mode } = fs.statSync(secret());
    expect([uid, mode & 0o777]).toEqual([nobody, 0o600]);
  });

  (root ? it : it.skip)('keeps out the account that it runs as, and every other', async () => {
    const { cfg } = await keep(startEmbedded(dir));
    const { uid } = fs.statSync(path.join(dir, 'pgdata'));
    const given = {
      driver: createRequire(import.meta.url).resolve('pg'),
      secret: secret(),
      connection: { ...cfg, user: 'postgres', database: 'postgres', password: 'a guess' },
    };
    const script = `const { driver, secret, connection } = ${JSON.stringify(given)};
      let read = 'read';
      try { require('node:fs').readFileSync(secret); } catch (error) { read = error.code; }
      new (require(driver).Client)(connection).connect().then(() => 'in', (error) => error.code)
        .then((how) => { console.log(read, how); process.exit(); });`;
    const as = (id: number) =>
      spawnSync(process.execPath, ['-e', script], {
        uid: id,
        gid: 65_534,
        cwd: '/',
        encoding: 'utf8',
      });
    const owner = as(uid);
    expect(owner.stdout.trim() || owner.stderr).toBe('EACCES 28P01');
    const other = as(uid === 65_534 ? 65_533 : 65_534);
    expect(other.stdout.trim() || other.stderr).toBe('EACCES EACCES');
  });
});
