import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource } from '@palmares/server/data-source';
import { drift, migrate } from '@palmares/server/platform/migrate';
import type { DataSource } from 'typeorm';
import { createDatabase, type TestDatabase } from '../support/database.js';

describe('the migrations', () => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await createDatabase();
    source = createDataSource({ url: database.url }, 4);
    await source.initialize();
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const tables = async () => {
    const rows = await source.query<{ name: string }[]>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    );
    return rows.map(({ name }) => name).filter((name) => name !== 'migration');
  };

  it('make exactly what the entities say', async () => {
    await migrate(source);
    expect(await drift(source)).toEqual([]);
    expect(await tables()).toContain('activity');
  });

  it('would be noticed if they did not', async () => {
    await source.query('alter table member drop column kind');
    expect((await drift(source)).join()).toContain('kind');
    await source.query('alter table member add kind text not null');
  });

  it('can be taken back and made again', async () => {
    for (const _one of source.migrations) await source.undoLastMigration();
    expect(await tables()).toEqual([]);
    await migrate(source);
    expect(await drift(source)).toEqual([]);
  });

  it('are made once when several processes start together', async () => {
    const fresh = await createDatabase();
    const processes = Array.from({ length: 4 }, () => createDataSource({ url: fresh.url }, 2));
    try {
      await Promise.all(processes.map((one) => one.initialize()));
      await Promise.all(processes.map(migrate));
      expect(await drift(processes[0] as DataSource)).toEqual([]);
    } finally {
      await Promise.all(processes.map((one) => one.destroy()));
      await fresh.drop();
    }
  });
});
