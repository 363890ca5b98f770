import type { MigrationInterface, QueryRunner } from 'typeorm';

const references: readonly [table: string, constraint: string, columns: string, to: string][] = [
  ['import', 'import_organisation_fkey', 'organisation_id', 'organisation(id)'],
  ['import_mapping', 'import_mapping_organisation_fkey', 'organisation_id', 'organisation(id)'],
  ...['import_chunk', 'import_refusal'].map((table): [string, string, string, string] => {
    const to = 'import(organisation_id, id)';
    return [table, `${table}_import_fkey`, 'organisation_id, import_id', to];
  }),
];

/** What belongs to an import goes with it; what is still open is found by its index. */
export class ImportReferences1790210000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['import_chunk', 'import_refusal']) {
      await runner.query(
        `delete from ${table} where not exists (select from import
           where import.organisation_id = ${table}.organisation_id
             and import.id = ${table}.import_id)`,
      );
    }
    for (const [table, constraint, columns, to] of references) {
      await runner.query(
        `alter table ${table} add constraint ${constraint}
           foreign key (${columns}) references ${to} on delete cascade`,
      );
    }
    await runner.query('drop index import_open_idx');
    await runner.query('create index import_open_idx on import (status) where finished_at is null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index import_open_idx');
    await runner.query(
      `create index import_open_idx on import (status)
         where status in ('uploading', 'draft', 'queued', 'running', 'undoing')`,
    );
    for (const [table, constraint] of references) {
      await runner.query(`alter table ${table} drop constraint ${constraint}`);
    }
  }
}
