import type { MigrationInterface, QueryRunner } from 'typeorm';

export class History1791000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table organisation add history_from date');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table organisation drop column history_from');
  }
}
