import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OwnTypes1791500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table organisation add activity_types json not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table organisation drop activity_types');
  }
}
