import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ImportSigners1791910000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table import add version int not null default 1,
      add signed_by text, add signed_scopes text[]`);
    await runner.query('alter table import_mapping add saved_by text');
    // What was committed before was committed by who brought it: nothing else is known. A key whose
    // scopes are not known has none, so that it gives nothing away.
    await runner.query(`update import i set signed_by = coalesce(i.created_by, 'command'),
        signed_scopes = case when i.created_by like 'key:%' then coalesce((select k.scopes
          from api_key k where k.organisation_id = i.organisation_id
            and i.created_by = 'key:' || k.id), '{}') end
      where i.status not in ('uploading', 'draft')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table import drop version, drop signed_by, drop signed_scopes');
    await runner.query('alter table import_mapping drop saved_by');
  }
}
