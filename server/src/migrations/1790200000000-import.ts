import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows of import are updated with each chunk: room is left for it on each page. */
const up = [
  `create table import (
    organisation_id uuid not null,
    id uuid not null,
    kind text not null,
    file_name text not null,
    format text not null,
    encoding text,
    sheets text[] not null,
    sheet text,
    status text not null,
    columns jsonb not null,
    mapping jsonb not null,
    preview jsonb,
    created_at timestamptz not null,
    created_by text,
    finished_at timestamptz,
    bytes_total bigint not null,
    rows_total int not null,
    rows int not null default 0,
    skipped int not null default 0,
    recorded int not null default 0,
    revised int not null default 0,
    unchanged int not null default 0,
    stale int not null default 0,
    waiting int not null default 0,
    refused int not null default 0,
    undo jsonb,
    error jsonb,
    leased_by uuid,
    leased_until timestamptz,
    constraint import_pkey primary key (organisation_id, id)
  ) with (fillfactor = 70)`,
  `create table import_chunk (
    organisation_id uuid not null,
    import_id uuid not null,
    first_row int not null,
    content text not null,
    constraint import_chunk_pkey primary key (organisation_id, import_id, first_row)
  )`,
  `create table import_refusal (
    organisation_id uuid not null,
    import_id uuid not null,
    number int not null,
    line int not null,
    pointer text not null,
    code text not null,
    detail text not null,
    content text not null,
    constraint import_refusal_pkey primary key (organisation_id, import_id, number)
  )`,
  `create table import_mapping (
    organisation_id uuid not null,
    id uuid not null,
    name text not null,
    kind text not null,
    mapping jsonb not null,
    created_at timestamptz not null,
    constraint import_mapping_name_key unique (organisation_id, name),
    constraint import_mapping_pkey primary key (organisation_id, id)
  )`,
  `create index import_open_idx on import (status)
    where status in ('uploading', 'draft', 'queued', 'running', 'undoing')`,
];

export class Import1790200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['import_mapping', 'import_refusal', 'import_chunk', 'import']) {
      await runner.query(`drop table ${table}`);
    }
  }
}
