// The real PostgreSQL, run beside us from DATA_DIR, so that a fresh machine needs no database of its own.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { through } from './embedded-account.js';
import { forget, inspect, openLog, prepareHome, readFrom, type Home } from './embedded-home.js';
import { passwordOf, secure } from './embedded-secret.js';
import { serverArguments, SUPERVISOR } from './embedded-settings.js';

interface Connection {
  host: string;
  port: number;
  user: string;
  database: string;
  password: string | undefined;
}

export interface Embedded {
  /** For a pg pool: a unix socket that only the account of PostgreSQL, we and root can enter. */
  readonly cfg: Connection;
  /** False when another process of ours owns the database and we are its guest. */
  readonly started: boolean;
  /** Settles when the database has gone without `stop()`; carries on silently for ever otherwise. */
  readonly lost: Promise<Error>;
  /** Stops what we started, or leaves what we joined. Twice is once. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** How long to wait while another process has the database: a command line, a dying server. */
  waitMs?: number;
  /** Told once, when waiting begins. */
  onWait?: (message: string) => void;
}

const NAME = 'palmares';
const PORT = 5432;
const RECOVERY_MS = 600_000;

/** Starts the database and owns it. While another process has it, waits for that one to finish. */
export function startEmbedded(dir: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  return acquire(dir, options, false);
}

/** Joins the database of a running server, or starts it when there is none. */
export function openEmbedded(dir: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  return acquire(dir, options, true);
}

async function acquire(dir: string, options: EmbeddedOptions, mayJoin: boolean): Promise<Embedded> {
  const home = await prepareHome(dir);
  const until = performance.now() + (options.waitMs ?? 60_000);
  for (let turn = 0; ; turn++) {
    const there = await answer(home, NAME, NAME);
    const joined = there && mayJoin ? await join(home) : undefined;
    if (joined) return joined;
    const got = there ? new InUse(home) : await launch(home);
    if (!(got instanceof Error)) return got;
    if (!(got instanceof InUse) || performance.now() > until) throw got;
    if (turn === 0) options.onWait?.(`Waiting: ${got.message}`);
    await pause(150);
  }
}

/** Somebody else has the data folder; it may pass. */
class InUse extends Error {
  constructor(home: Home) {
    super(
      `the database in ${home.dir} is in use by another process${home.holder()}. ` +
        'Stop that one, or give this one its own DATA_DIR.',
    );
  }
}

/** Says whose a running server is, by the word it was started with; undefined when none is ready. */
async function answer(home: Home, user: string, database: string): Promise<string | undefined> {
  if (!inspect(home)) return undefined;
  const client = clientOf(home, user, database);
  try {
    await client.connect();
    const sql = `select current_setting('palmares.owner', true) as owner`;
    return (await client.query<{ owner: string | null }>(sql)).rows[0]?.owner ?? '';
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function clientOf(home: Home, user: string, database: string): pg.Client {
  const limits = { connectionTimeoutMillis: 5_000, query_timeout: 30_000 };
  const client = new pg.Client({ ...cfgOf(home), user, database, ...limits });
  // A connection may break between two queries; whoever queries next is told.
  client.on('error', () => undefined);
  return client;
}

/** A guest keeps one connection open only to hear the database go. */
async function join(home: Home): Promise<Embedded | undefined> {
  const watch = clientOf(home, NAME, NAME);
  try {
    await watch.connect();
  } catch {
    return undefined;
  }
  let leaving = false;
  const lost = new Promise<Error>((resolve) => {
    const reason = 'The database has gone: the process that owns it has stopped. Try again.';
    watch.once('end', () => leaving || resolve(new Error(reason)));
  });
  const stop = async () => {
    if (leaving) return;
    leaving = true;
    await watch.end().catch(() => undefined);
  };
  return { cfg: cfgOf(home), started: false, lost, stop };
}

const cfgOf = (home: Home): Connection => ({
  host: home.socket,
  port: PORT,
  user: NAME,
  database: NAME,
  password: passwordOf(home),
});

/** One attempt. An `InUse` may be tried again, any other error is final. */
async function launch(home: Home): Promise<Embedded | Error> {
  const failure = await secure(home);
  if (failure !== undefined) return asError(home, failure);
  const owner = randomUUID();
  const server = run(home, owner);
  const started = performance.now();
  while (server.running()) {
    if ((await answer(home, 'postgres', 'postgres')) === owner) {
      await ensureDatabase(home);
      return owned(home, server);
    }
    if (performance.now() - started > RECOVERY_MS) await server.stop();
    else await pause(25);
  }
  forget(home);
  return asError(home, server.said());
}

function asError(home: Home, said: string): Error {
  const busy = /lock file|another (postmaster|postgres)|shutting down|still in use/i.test(said);
  return busy ? new InUse(home) : new Error(`PostgreSQL did not start in ${home.dir}: ${said}`);
}

interface Server {
  running(): boolean;
  said(): string;
  stop(): Promise<void>;
  gone: Promise<void>;
}

function run(home: Home, owner: string): Server {
  inspect(home, true);
  const log = openLog(home);
  const from = fs.fstatSync(log).size;
  const options = ['-c', SUPERVISOR, ...serverArguments(home, owner, PORT)];
  const child = spawn(...through(home.account, '/bin/sh', options), {
    ...home.spawnOptions,
    // Its own session: Ctrl-C in the terminal must reach us first, and the database after us.
    detached: true,
    stdio: ['ignore', 'ignore', log, 'pipe'],
  });
  fs.closeSync(log);
  const leash = child.stdio[3] as Writable;
  leash.on('error', () => undefined);
  let running = true;
  const gone = new Promise<void>((resolve) => {
    const settle = () => {
      running = false;
      leash.destroy();
      resolve();
    };
    child.once('exit', settle);
    child.once('error', settle);
  });
  const stop = () => (leash.end(), gone);
  return { running: () => running, said: () => readFrom(home, from), stop, gone };
}

function owned(home: Home, server: Server): Embedded {
  let stopping = false;
  const lost = new Promise<Error>((resolve) => {
    void server.gone.then(() => {
      if (!stopping) resolve(new Error(`PostgreSQL has stopped by itself: ${server.said()}`));
    });
  });
  const stop = async () => {
    if (stopping) return server.gone;
    stopping = true;
    await server.stop();
    forget(home);
  };
  return { cfg: cfgOf(home), started: true, lost, stop };
}

/** The application is not a superuser: what it can do here it can do on a hosted PostgreSQL. */
async function ensureDatabase(home: Home): Promise<void> {
  const client = clientOf(home, 'postgres', 'postgres');
  await client.connect();
  try {
    const roles = await client.query('select from pg_roles where rolname = $1', [NAME]);
    if (roles.rowCount === 0)
      await client.query(`create role ${NAME} login createdb password '${passwordOf(home)}'`);
    const databases = await client.query('select from pg_database where datname = $1', [NAME]);
    if (databases.rowCount === 0) await client.query(`create database ${NAME} owner ${NAME}`);
  } finally {
    await client.end();
  }
}
