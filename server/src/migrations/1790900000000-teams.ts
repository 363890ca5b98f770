import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  'alter table team add seq bigint not null default 0',
  'alter table challenge add left_by date',
];

const down = ['alter table challenge drop left_by', 'alter table team drop seq'];

export class Teams1790900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
