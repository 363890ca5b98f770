import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  'alter table score add held bigint not null default 0, add reason text',
  'alter table score_change add reason text',
  `create table frozen_number (
    organisation_id uuid not null,
    challenge_id uuid not null,
    rule int not null,
    subject_id uuid not null,
    value bigint not null,
    constraint frozen_number_pkey primary key (organisation_id, challenge_id, rule, subject_id)
  )`,
];

const down = [
  'drop table frozen_number',
  'alter table score_change drop reason',
  'alter table score drop held, drop reason',
];

export class Rules1790500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
