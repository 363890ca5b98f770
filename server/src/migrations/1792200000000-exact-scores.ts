import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['score', 'score_change'];

/**
 * What a score was before it was rounded. Rows from before keep none: they were rounded on the way,
 * and rank by the score as it is shown. The scores of challenges that still run are made anew by the
 * server; those of certified and cancelled ones stay.
 */
export class ExactScores1792200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) {
      await runner.query(`alter table ${table} add numerator numeric, add denominator numeric`);
    }
    await runner.query('alter table challenge add outdated boolean not null default false');
    await runner.query(`update challenge set outdated = true
      where version is not null and certified_seq is null and cancelled_at is null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table challenge drop outdated');
    for (const table of tables) {
      await runner.query(`alter table ${table} drop numerator, drop denominator`);
    }
  }
}
