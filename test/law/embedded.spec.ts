import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEmbedded, startEmbedded, type Embedded } from '@palmares/server/platform/embedded';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';

describe('the embedded database', () => {
  let dir: string;
  let open: Embedded[];
  let children: ChildProcess[];

  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-law-'));
    // It may run as another account, which has to walk through.
    fs.chmodSync(dir, 0o711);
    open = [];
    children = [];
  });

  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    for (const database of open.reverse()) await database.stop();
    fs.rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  const keep = async (database: Promise<Embedded>): Promise<Embedded> => {
    open.push(await database);
    return database;
  };

  const ask = async (database: Embedded, sql: string): Promise<unknown[]> => {
    const client = new pg.Client({ ...database.cfg });
    await client.connect();
    try {
      return (await client.query<{ value: unknown }>(sql)).rows.map((row) => row.value);
    } finally {
      await client.end();
    }
  };

  /** Kills a process that commits as fast as it can; the rows it was told are kept. */
  const writeAndKill = async (rows: number): Promise<number[]> => {
    const script = path.join(import.meta.dirname, '../support/owner.mjs');
    const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
    const owner = spawn(process.execPath, [script, dir], { stdio });
    children.push(owner);
    const told: number[] = [];
    const lines = createInterface({ input: owner.stdout });
    lines.on('line', (line) => {
      told.push(Number(line));
      if (told.length === rows) owner.kill('SIGKILL');
    });
    await Promise.all([once(owner, 'exit'), once(lines, 'close')]);
    return told;
  };

  it('belongs to whoever starts it, and is joined by a command beside it', async () => {
    const owner = await keep(startEmbedded(dir));
    const guest = await keep(openEmbedded(dir));
    expect([owner.started, guest.started]).toEqual([true, false]);
    expect(await ask(guest, 'select current_user as value')).toEqual(['palmares']);
  });

  it('tells a guest when its owner stops it', async () => {
    const owner = await keep(startEmbedded(dir));
    const guest = await keep(openEmbedded(dir));
    await owner.stop();
    expect((await guest.lost).message).toContain('has stopped');
  });

  it('makes a second owner wait until the first has finished', async () => {
    const command = await keep(openEmbedded(dir));
    let server: Promise<Embedded> | undefined;
    const waits = new Promise<string>((resolve) => {
      server = startEmbedded(dir, { onWait: resolve });
    });
    expect(await waits).toContain('in use');
    await command.stop();
    expect((await server)?.started).toBe(true);
    await (await server)?.stop();
  });

  it('names the folder and the holder when waiting was in vain', async () => {
    await keep(startEmbedded(dir));
    await expect(startEmbedded(dir, { waitMs: 0 })).rejects.toThrow(
      new RegExp(`${dir}.* in use .*process \\d+`),
    );
  });

  it('keeps every answered commit, and gives way to the next, when its owner is killed', async () => {
    const told = await writeAndKill(500);
    const database = await keep(startEmbedded(dir));
    expect(database.started).toBe(true);
    const kept = new Set(await ask(database, 'select id::int as value from kept'));
    expect(told.length).toBeGreaterThanOrEqual(500);
    expect(told.filter((id) => !kept.has(id))).toEqual([]);
  });

  it('is made anew when making it was interrupted', async () => {
    const halfMade = path.join(dir, `initdb-${process.pid}`);
    fs.mkdirSync(path.join(halfMade, 'base'), { recursive: true });
    fs.writeFileSync(path.join(halfMade, 'PG_VERSION'), '18\n');
    await keep(startEmbedded(dir));
    expect(fs.existsSync(halfMade)).toBe(false);
  });

  it('refuses a socket folder that somebody else has laid out', async () => {
    const first = await startEmbedded(dir);
    await first.stop();
    fs.symlinkSync(dir, first.cfg.host);
    try {
      await expect(startEmbedded(dir)).rejects.toThrow('is not ours');
      await expect(openEmbedded(dir)).rejects.toThrow('is not ours');
    } finally {
      fs.unlinkSync(first.cfg.host);
    }
  });

  it('lives in a folder with a path longer than any socket may have', async () => {
    const deep = path.join(dir, 'a'.repeat(100), 'b'.repeat(100));
    const database = await keep(startEmbedded(deep));
    expect(await ask(database, 'select 1 as value')).toEqual([1]);
  });

  it('puts a log that has grown too long aside', async () => {
    fs.writeFileSync(path.join(dir, 'pg.log'), Buffer.alloc(11 * 1024 * 1024, '\n'));
    await keep(startEmbedded(dir));
    expect(fs.statSync(path.join(dir, 'pg.log')).size).toBeLessThan(10_000);
  });
});
