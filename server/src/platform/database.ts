import type { Duplex, Readable } from 'node:stream';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { copyIn, copyOut } from './copy.js';
import { isLostConnection, patiently } from './lost-connection.js';

type Row = Record<string, unknown>;

const ABORTED = '25P02';

/** Named statements by key, a thousand times a minute: planning each would be a third of them. */
const KEEP_PLANS = 'begin; set local plan_cache_mode = auto';

/** Reads 8-byte integers as numbers (all of ours are safe) and days as text. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === pg.types.builtins.INT8) return parseInteger;
    if (oid === pg.types.builtins.DATE) return (text: string) => text;
    if (oid === INT8_ARRAY) return (text: string) => text.slice(1, -1).split(',').map(parseInteger);
    return pg.types.getTypeParser(oid, format);
  }) as pg.CustomTypesConfig['getTypeParser'],
};

const INT8_ARRAY = 1016;

function parseInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${text}`);
  return value;
}

/**
 * One open transaction. Stores take it first and run all their SQL through it. A statement is sent
 * at once, whether or not those before it have been answered; PostgreSQL keeps their order.
 */
export class Tx {
  private readonly hooks: (() => void)[] = [];
  private readonly pending: Promise<unknown>[] = [];
  /** What is being read, until its end: before it the connection answers nothing else. */
  unread: Readable | undefined;

  constructor(private readonly client: pg.ClientBase) {}

  /** Called once the transaction has committed, and never when it has not. */
  afterCommit(hook: () => void): void {
    this.hooks.push(hook);
  }

  committed(): void {
    for (const hook of this.hooks) hook();
  }

  /**
   * Lets statements run while we go on computing; their failure is that of the transaction, which
   * waits for them before it commits.
   */
  meanwhile(running: Promise<unknown>): void {
    running.catch(() => {});
    this.pending.push(running);
  }

  /** Waits until nothing runs any more. */
  async settled(): Promise<void> {
    const results = await Promise.allSettled(this.pending);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Appends lines in COPY's text format to a table: the quickest way in for many rows. */
  async copy(into: string, lines: string): Promise<void> {
    hold(this.client);
    await copyIn(this.client, into, lines);
  }

  /** The rows of a table in COPY's text format; nothing else is answered until they have been read. */
  copyOut(from: string): Readable {
    const rows = copyOut(this.client, from);
    this.unread = rows;
    return rows.once('end', () => (this.unread = undefined));
  }

  /** Runs a statement; with a name it is prepared once per connection. */
  async rows<T extends object = Row>(
    text: string,
    values: unknown[] = [],
    name?: string,
  ): Promise<T[]> {
    hold(this.client);
    const query = name === undefined ? { text, values } : { text, values, name };
    const result = await this.client.query<T>(query);
    return result.rows;
  }

  async one<T extends object = Row>(
    text: string,
    values: unknown[] = [],
    name?: string,
  ): Promise<T | undefined> {
    return (await this.rows<T>(text, values, name))[0];
  }
}

const ignore = () => {};

type Sending = pg.ClientBase & { connection?: { stream: Duplex } };

const held = new WeakSet<Duplex>();

/** What is sent in one turn of the event loop leaves together: PostgreSQL is woken once. */
function hold(client: Sending): void {
  const stream = client.connection?.stream;
  if (!stream || held.has(stream)) return;
  held.add(stream);
  stream.cork();
  process.nextTick(() => {
    held.delete(stream);
    stream.uncork();
  });
}

/** The pool of connections, one transaction at a time each. */
export class Database {
  private readonly pool: pg.Pool;

  constructor(readonly dataSource: DataSource) {
    this.pool = (dataSource.driver as unknown as { master: pg.Pool }).master;
  }

  /** A connection of one's own, for listening; the caller connects and ends it. */
  connection(): pg.Client {
    return new pg.Client(this.pool.options as pg.ClientConfig);
  }

  /** Commits what `work` does, or rolls all of it back and rethrows. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.within('begin', work);
  }

  /**
   * The same for work that may be done twice: when the connection is lost, even after a commit
   * whose answer never came, it is done again on another one. Its named statements keep their plans.
   */
  async repeatable<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return patiently(() => this.within(KEEP_PLANS, work));
  }

  /** A consistent read of one instant; temporary tables count as writing. */
  async snapshot<T>(
    work: (tx: Tx) => Promise<T>,
    mode: 'read only' | 'read write' = 'read only',
  ): Promise<T> {
    return this.within(`begin isolation level repeatable read ${mode}`, work);
  }

  /** Reads that need no common instant, outside a transaction. */
  async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return patiently(async () => {
      const client = await this.connect();
      let broken: Error | undefined;
      try {
        return await work(new Tx(client));
      } catch (error) {
        if (isLostConnection(error)) broken = error as Error;
        throw error;
      } finally {
        client.release(broken);
      }
    });
  }

  /** A connection that breaks between two statements must not end the process: the next one fails. */
  private async connect(): Promise<pg.PoolClient> {
    const client = await this.pool.connect();
    if (!client.listeners('error').includes(ignore)) client.on('error', ignore);
    return client;
  }

  private async within<T>(begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.connect();
    const tx = new Tx(client);
    let broken: Error | undefined;
    try {
      hold(client);
      tx.meanwhile(client.query(begin));
      const result = await work(tx);
      await tx.settled();
      await client.query('commit');
      tx.committed();
      return result;
    } catch (error) {
      const cause = await tx.settled().then(
        () => error,
        // The first failure; what came after it only says that the transaction is over.
        (first: unknown) => ((error as { code?: string }).code === ABORTED ? first : error),
      );
      // Whoever stops reading half-way leaves a connection that is good for nothing.
      if (tx.unread) broken = error as Error;
      else await client.query('rollback').catch((failure: Error) => (broken = failure));
      throw cause;
    } finally {
      client.release(broken);
    }
  }
}
