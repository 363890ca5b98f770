import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BoardLinks1791400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table board_link add created_by uuid, add last_used_at timestamptz');
    // Who made those that there are already is in the record of what was done.
    await runner.query(`update board_link l set created_by = substr(a.actor, 8)::uuid
      from audit_entry a
      where a.organisation_id = l.organisation_id and a.subject = 'link:' || l.id
        and a.action = 'board-link.create' and a.actor like 'member:%'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table board_link drop created_by, drop last_used_at');
  }
}
