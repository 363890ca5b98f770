import type { DataSource } from 'typeorm';

const LOCK = 7_025_466;

/** Brings the schema up to date; of several processes that start at once, one does the work. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock($1)', [LOCK]);
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('select pg_advisory_unlock($1)', [LOCK]);
    await runner.release();
  }
}

/** Statements that would bring the database to what the entities say; none when they agree. */
export async function drift(dataSource: DataSource): Promise<string[]> {
  const sql = await dataSource.driver.createSchemaBuilder().log();
  return sql.upQueries.map(({ query }) => query);
}
