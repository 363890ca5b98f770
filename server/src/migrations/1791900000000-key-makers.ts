import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeyMakers1791900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table api_key add created_by uuid');
    // The record says who made the keys that exist. A key made by a key has the maker of that key.
    await runner.query(`with recursive made as (
        select k.organisation_id, k.id as key_id, a.actor
        from api_key k join audit_entry a on a.organisation_id = k.organisation_id
          and a.subject = 'key:' || k.id and a.action = 'key.create'
      ), maker as (
        select organisation_id, key_id, substr(actor, 8)::uuid as member_id
        from made where actor like 'member:%'
        union
        select made.organisation_id, made.key_id, maker.member_id
        from made join maker on maker.organisation_id = made.organisation_id
          and made.actor = 'key:' || maker.key_id
      )
      update api_key k set created_by = maker.member_id from maker
      where maker.organisation_id = k.organisation_id and maker.key_id = k.id
        and exists (select from member m
          where m.organisation_id = k.organisation_id and m.id = maker.member_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table api_key drop created_by');
  }
}
