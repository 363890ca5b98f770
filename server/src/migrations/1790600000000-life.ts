import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  `create table moment (
    organisation_id uuid not null,
    seq bigint not null,
    at timestamptz not null,
    constraint moment_pkey primary key (organisation_id, seq)
  )`,
  'create index moment_at_idx on moment (organisation_id, at)',
  `alter table challenge add launched_at timestamptz, add certified_seq bigint,
    add certified_at timestamptz, add cancelled_at timestamptz, add cancel_reason text`,
  `create table award (
    organisation_id uuid not null,
    challenge_id uuid not null,
    line int not null,
    member_id uuid not null,
    points bigint not null,
    prize text,
    constraint award_pkey primary key (organisation_id, challenge_id, line, member_id)
  )`,
  'create index award_member_idx on award (organisation_id, member_id)',
  `create table certification_signature (
    organisation_id uuid not null,
    challenge_id uuid not null,
    signature text not null,
    gains boolean not null,
    signed_at timestamptz not null,
    constraint certification_signature_pkey primary key (organisation_id, challenge_id, signature)
  )`,
];

const down = [
  'drop table certification_signature',
  'drop table award',
  `alter table challenge drop launched_at, drop certified_seq, drop certified_at,
    drop cancelled_at, drop cancel_reason`,
  'drop table moment',
];

export class Life1790600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
