import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '@palmares/server/platform/logging';
import pg from 'pg';
import { createDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    'create table person (email text unique, born date check (born > $$1900-01-01$$))',
  );
  await client.query('insert into person values ($1)', ['lea@example.com']);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** The line that the log has of what a statement ended with. */
async function logged(sql: string, values: unknown[] = [], wrap = (error: unknown) => error) {
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line: string) => void lines.push(line) });
  const error: unknown = await client.query(sql, values).catch((caught: unknown) => caught);
  logger.error({ err: wrap(error) }, 'request failed');
  return lines.join('');
}

describe('the log', () => {
  it.each([
    ['insert into person values ($1)', ['lea@example.com'], '23505'],
    ['insert into person values ($1, $2)', ['lea@', '1850-02-03'], '23514'],
    ['insert into person values ($1, $2)', ['x', 'lea@example.com'], '22007'],
    ['select $1::uuid', ['lea@example.com'], '22P02'],
  ])('says of %s what went wrong, not whose data it was', async (sql, values, code) => {
    const line = await logged(sql, values);
    expect(JSON.parse(line)).toMatchObject({ err: { type: 'DatabaseError', code } });
    expect(line).not.toMatch(/lea@|1850/);
    expect(line).toContain('at ');
  });

  it('has the causes of an error, and those of several, in the same way', async () => {
    const line = await logged('insert into person values ($1)', ['lea@example.com'], (cause) => {
      const outer = Object.assign(new Error('not ready', { cause }), { parameters: ['lea@'] });
      return new AggregateError([outer], 'all of them');
    });
    expect(JSON.parse(line)).toMatchObject({
      err: { errors: [{ message: 'not ready', cause: { constraint: 'person_email_key' } }] },
    });
    expect(line).not.toContain('lea@');
  });
});
