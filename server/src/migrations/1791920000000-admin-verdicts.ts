import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AdminVerdicts1791920000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table verdict add by_admin boolean not null default false');
    // Only an admin had a key that gives verdicts; of members the role of today is known.
    await runner.query(`update verdict v set by_admin = true
      where v.given_by like 'key:%' or exists (select from member m
        where m.organisation_id = v.organisation_id and v.given_by = 'member:' || m.id
          and 'admin' = any(m.roles))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table verdict drop by_admin');
  }
}
