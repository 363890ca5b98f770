import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions can be told apart and ended one by one; a member’s can be ended by an admin. */
export class Sessions1791710000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table session add id uuid not null default gen_random_uuid()');
    await runner.query('alter table session alter id drop default');
    await runner.query('alter table session add constraint session_id_key unique (id)');
    await runner.query('alter table session add browser text, add system text');
    await runner.query('alter table member add sessions_from timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table member drop sessions_from');
    await runner.query('alter table session drop id, drop browser, drop system');
  }
}
