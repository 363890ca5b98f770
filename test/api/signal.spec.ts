import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource } from '@palmares/server/data-source';
import { NotifyLine } from '@palmares/server/live/notify-line';
import { Signal, type Message } from '@palmares/server/live/signal';
import { Database } from '@palmares/server/platform/database';
import { createLogger } from '@palmares/server/platform/logging';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDatabase, type TestDatabase } from '../support/database.js';

const ATTEMPTS = 3;

describe('the line to the database on which a server hears of changes', () => {
  let database: TestDatabase;
  let elsewhere: TestDatabase;
  let source: DataSource;
  let admin: pg.Client;
  let signal: Signal;
  let inVain: Promise<void>;

  beforeAll(async () => {
    [database, elsewhere] = await Promise.all([createDatabase(), createDatabase()]);
    source = createDataSource({ url: database.url }, 2);
    await source.initialize();
    // From another database, because ours will let nobody in.
    admin = new pg.Client({ connectionString: elsewhere.url });
    await admin.connect();
    const logger = createLogger('silent');
    inVain = new Promise((resolve) => {
      let attempts = 0;
      logger.warn = () => void (++attempts === ATTEMPTS && resolve());
    });
    signal = new Signal(new NotifyLine(new Database(source), logger), logger);
    await signal.listen();
  });

  afterAll(async () => {
    await signal.onApplicationShutdown();
    await source.destroy();
    await admin.end();
    await Promise.all([database.drop(), elsewhere.drop()]);
  });

  const name = () => new URL(database.url).pathname.slice(1);
  const admit = (whether: boolean) =>
    admin.query(`alter database ${name()} with allow_connections ${whether}`);
  const listeners = `from pg_stat_activity where datname = $1 and query like 'listen%'`;

  it('is one line again after an outage, and says that something may have been missed', async () => {
    const back = new Promise<void>((resolve) => signal.onReconnected(resolve));
    await admit(false);
    await admin.query(`select pg_terminate_backend(pid) ${listeners}`, [name()]);
    await inVain;
    await admit(true);
    await back;
    const { rows } = await admin.query(`select count(*)::int as count ${listeners}`, [name()]);
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('hears a transaction that commits, and not one that does not', async () => {
    const organisationId = 'b8f7f3a2-0000-4000-8000-000000000000';
    const heard: Message[] = [];
    const both = new Promise<void>((resolve) =>
      signal.on((message) => void (heard.push(message) === 2 && resolve())),
    );
    const work = new Database(source);
    const announce = (seq: number) =>
      work.transaction((tx) => signal.announce(tx, { organisationId, seq }));
    await announce(1);
    await work
      .transaction(async (tx) => {
        await signal.announce(tx, { organisationId, seq: 2 });
        throw new Error('no');
      })
      .catch(() => undefined);
    await announce(3);
    await both;
    expect(heard).toEqual([1, 3].map((seq) => ({ kind: 'changed', organisationId, seq })));
  });
});
