import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TeamAwards1791300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table award add team_id uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table award drop team_id');
  }
}
