import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Setup1791210000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table setup_link (
      token_hash bytea not null,
      expires_at timestamptz not null,
      constraint setup_link_pkey primary key (token_hash)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table setup_link');
  }
}
