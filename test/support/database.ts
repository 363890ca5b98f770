import { randomUUID } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  /** For DATABASE_URL, or for a pool of one's own. */
  readonly url: string;
  /** Ends whatever is still connected, and the database with it. */
  drop(): Promise<void>;
}

/** A fresh, empty database: one per test file, so that files neither wait for nor see each other. */
export async function createDatabase(): Promise<TestDatabase> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await command(`create database ${name}`);
  return { url: addressOf(name), drop: () => drop(name) };
}

const NOT_OURS = '42501';

/** A vacuum that runs in it is not ours to end: without force, PostgreSQL ends that by itself. */
async function drop(name: string): Promise<void> {
  try {
    await command(`drop database ${name} with (force)`);
  } catch (error) {
    if ((error as { code?: string }).code !== NOT_OURS) throw error;
    await command(`drop database ${name}`);
  }
}

/** The cluster of this run, or the one of TEST_DATABASE_URL (whose user may create databases). */
function addressOf(name: string): string {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) {
    const url = new URL(given);
    url.pathname = `/${name}`;
    return url.href;
  }
  const host = process.env['TEST_DATABASE_HOST'];
  if (!host) throw new Error('Only the projects api, law and journey have a database.');
  const password = process.env['TEST_DATABASE_PASSWORD'];
  return `postgresql://palmares:${password}@localhost/${name}?host=${encodeURIComponent(host)}`;
}

async function command(sql: string): Promise<void> {
  const given = process.env['TEST_DATABASE_URL'];
  const client = new pg.Client({ connectionString: given ?? addressOf('palmares') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
