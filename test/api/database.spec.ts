import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDatabase, type TestDatabase } from '../support/database.js';

describe('the database of a test file', () => {
  let database: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await createDatabase();
    pool = new pg.Pool({ connectionString: database.url });
    // A connection that is closing may still be told that its database is dropped.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
  });

  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const one = async (sql: string): Promise<unknown> => {
    const { rows } = await pool.query<{ value: unknown }>(`select (${sql}) as value`);
    return rows[0]?.value;
  };

  it('is a real PostgreSQL, as durable as in production', async () => {
    expect(await one(`current_setting('fsync')`)).toBe('on');
    expect(await one(`current_setting('synchronous_commit')`)).toBe('on');
  });

  it('lets the application do no more than it may on a hosted one', async () => {
    expect(await one(`select rolsuper from pg_roles where rolname = current_user`)).toBe(false);
  });

  it('sorts French words as a French reader does', async () => {
    const sorted = `select array_agg(w order by w collate "fr-x-icu")
      from unnest(array['zèbre', 'été', 'eau', 'Étude']) w`;
    expect(await one(sorted)).toEqual(['eau', 'été', 'Étude', 'zèbre']);
  });
});
