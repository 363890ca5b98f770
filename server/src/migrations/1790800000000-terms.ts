import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  `create table audit_entry (
    organisation_id uuid not null,
    id uuid not null,
    at timestamptz not null,
    actor text not null,
    behalf text,
    action text not null,
    subject text not null,
    before jsonb,
    after jsonb,
    address text,
    request_id text,
    constraint audit_entry_pkey primary key (organisation_id, id)
  )`,
  'create index audit_entry_subject_idx on audit_entry (organisation_id, subject, id)',
  'create index audit_entry_actor_idx on audit_entry (organisation_id, actor, id)',
  `create function refuse_rewriting() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end
  $$`,
  `create trigger audit_entry_kept before update or delete on audit_entry
    for each row execute function refuse_rewriting()`,
  `create trigger audit_entry_kept_whole before truncate on audit_entry
    for each statement execute function refuse_rewriting()`,
  `create table terms (
    organisation_id uuid not null,
    challenge_id uuid not null,
    clauses jsonb not null,
    version int not null,
    constraint terms_pkey primary key (organisation_id, challenge_id)
  )`,
  `create table terms_version (
    organisation_id uuid not null,
    challenge_id uuid not null,
    version int not null,
    challenge_version int not null,
    clauses jsonb not null,
    documents jsonb not null,
    published_by text not null,
    published_at timestamptz not null,
    constraint terms_version_pkey primary key (organisation_id, challenge_id, version)
  )`,
  `create table terms_acknowledgement (
    organisation_id uuid not null,
    challenge_id uuid not null,
    version int not null,
    member_id uuid not null,
    acknowledged_at timestamptz not null,
    constraint terms_acknowledgement_pkey
      primary key (organisation_id, challenge_id, version, member_id)
  )`,
  `create table notification (
    organisation_id uuid not null,
    id uuid not null,
    member_id uuid not null,
    key text not null,
    about jsonb not null,
    sending_id uuid not null,
    created_at timestamptz not null,
    read_at timestamptz,
    constraint notification_pkey primary key (organisation_id, id)
  )`,
  'create unique index notification_key on notification (organisation_id, member_id, key)',
  'create index notification_member_idx on notification (organisation_id, member_id, id)',
  `create table dispute (
    organisation_id uuid not null,
    id uuid not null,
    challenge_id uuid not null,
    reporter_id uuid not null,
    kind text not null,
    source text,
    external_id text,
    text text not null,
    expected jsonb,
    concerned uuid[] not null,
    content_hash uuid not null,
    status text not null,
    answer text,
    resolved_by uuid,
    created_at timestamptz not null,
    resolved_at timestamptz,
    constraint dispute_pkey primary key (organisation_id, id)
  )`,
  `create unique index dispute_open_key
    on dispute (organisation_id, reporter_id, content_hash) where status = 'open'`,
  'create index dispute_challenge_idx on dispute (organisation_id, challenge_id)',
];

const down = [
  'drop table dispute',
  'drop table notification',
  'drop table terms_acknowledgement',
  'drop table terms_version',
  'drop table terms',
  'drop table audit_entry',
  'drop function refuse_rewriting()',
];

export class Terms1790800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
