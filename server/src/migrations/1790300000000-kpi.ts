import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  `create table kpi_definition (
    organisation_id uuid not null,
    code text not null,
    version int not null,
    definition jsonb,
    created_at timestamptz not null,
    constraint kpi_definition_pkey primary key (organisation_id, code, version)
  )`,
  `create table target (
    organisation_id uuid not null,
    kpi text not null,
    subject_type text not null,
    subject_id uuid not null,
    from_day date not null,
    to_day date not null,
    value bigint not null,
    constraint target_pkey primary key
      (organisation_id, kpi, subject_type, subject_id, from_day, to_day)
  )`,
  // Few are shared: whoever reads the others need not look through them twice.
  `create index activity_shared_idx
    on activity (organisation_id, type, occurred_on) where shares is not null`,
  `alter table kpi_definition
    add constraint kpi_definition_organisation_fkey
    foreign key (organisation_id) references organisation(id) on delete cascade`,
  `alter table target
    add constraint target_organisation_fkey
    foreign key (organisation_id) references organisation(id) on delete cascade`,
];

const down = ['drop index activity_shared_idx', 'drop table target', 'drop table kpi_definition'];

export class Kpi1790300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
