import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows of measure_day and score are updated in place: room is left for it on each page. */
const up = [
  `create table organisation (
    id uuid not null,
    name text not null,
    time_zone text not null,
    currency text not null,
    locale text not null,
    demo boolean not null default false,
    created_at timestamptz not null,
    constraint organisation_pkey primary key (id)
  )`,
  `create table sequence (
    organisation_id uuid not null,
    seq bigint not null default 0,
    people_seq bigint not null default 0,
    challenge_seq bigint not null default 0,
    waiting int not null default 0,
    changed_at timestamptz not null,
    constraint sequence_pkey primary key (organisation_id)
  )`,
  `create table person (
    id uuid not null,
    email text not null,
    password_hash text,
    created_at timestamptz not null,
    constraint person_email_key unique (email),
    constraint person_pkey primary key (id)
  )`,
  `create table member (
    organisation_id uuid not null,
    id uuid not null,
    person_id uuid,
    external_id text,
    email text,
    name text not null,
    roles text[] not null,
    kind text not null,
    created_at timestamptz not null,
    constraint member_external_id_key unique (organisation_id, external_id),
    constraint member_email_key unique (organisation_id, email),
    constraint member_pkey primary key (organisation_id, id)
  )`,
  `create table installation (
    id int not null,
    signing_key bytea not null,
    constraint installation_pkey primary key (id)
  )`,
  `create table api_key (
    organisation_id uuid not null,
    id uuid not null,
    secret_hash bytea not null,
    scopes text[] not null,
    created_at timestamptz not null,
    revoked_at timestamptz,
    constraint api_key_id_key unique (id),
    constraint api_key_pkey primary key (organisation_id, id)
  )`,
  `create table board_link (
    organisation_id uuid not null,
    id uuid not null,
    challenge_id uuid not null,
    created_at timestamptz not null,
    revoked_at timestamptz,
    constraint board_link_id_key unique (id),
    constraint board_link_pkey primary key (organisation_id, id)
  )`,
  `create table activity (
    organisation_id uuid not null,
    source text not null,
    external_id text not null,
    revision int not null,
    seq bigint not null,
    superseded_seq bigint,
    recorded_at timestamptz not null,
    import_id uuid,
    content_hash uuid not null,
    version bigint,
    void boolean not null,
    withheld boolean not null,
    item text,
    type text not null,
    member_id uuid,
    shares jsonb,
    occurred_on date not null,
    occurred_at timestamptz,
    opened_on date,
    opened_at timestamptz,
    amount bigint,
    currency text,
    quantity bigint,
    product text,
    lines jsonb,
    customer text,
    channel text,
    campaign text,
    site text,
    region text,
    segment text,
    attributes jsonb,
    constraint activity_pkey primary key (organisation_id, source, external_id, revision)
  )`,
  `create table waiting (
    organisation_id uuid not null,
    source text not null,
    external_id text not null,
    missing text not null,
    version bigint,
    input jsonb not null,
    import_id uuid,
    recorded_at timestamptz not null,
    constraint waiting_pkey primary key (organisation_id, source, external_id)
  )`,
  `create table verdict (
    organisation_id uuid not null,
    source text not null,
    external_id text not null,
    seq bigint not null,
    verdict text not null,
    reason text,
    given_by text not null,
    given_at timestamptz not null,
    constraint verdict_pkey primary key (organisation_id, source, external_id, seq)
  )`,
  `create table undone_import (
    organisation_id uuid not null,
    import_id uuid not null,
    undone_at timestamptz not null,
    constraint undone_import_pkey primary key (organisation_id, import_id)
  )`,
  `create table freshness (
    organisation_id uuid not null,
    source text not null,
    heard_at timestamptz not null,
    occurred_on date not null,
    constraint freshness_pkey primary key (organisation_id, source)
  )`,
  `create table measure (
    organisation_id uuid not null,
    id uuid not null,
    definition jsonb not null,
    seq bigint not null,
    constraint measure_pkey primary key (organisation_id, id)
  )`,
  `create table measure_day (
    organisation_id uuid not null,
    measure_id uuid not null,
    member_id uuid not null,
    day date not null,
    count bigint not null,
    sum bigint not null,
    constraint measure_day_pkey primary key (organisation_id, measure_id, member_id, day)
  ) with (fillfactor = 80)`,
  `create table challenge (
    organisation_id uuid not null,
    id uuid not null,
    draft jsonb not null,
    version int,
    created_at timestamptz not null,
    constraint challenge_pkey primary key (organisation_id, id)
  )`,
  `create table challenge_version (
    organisation_id uuid not null,
    challenge_id uuid not null,
    version int not null,
    definition jsonb not null,
    seq bigint not null,
    created_at timestamptz not null,
    constraint challenge_version_pkey primary key (organisation_id, challenge_id, version)
  )`,
  `create table score (
    organisation_id uuid not null,
    challenge_id uuid not null,
    subject_id uuid not null,
    score bigint not null,
    parts bigint[] not null,
    reached_on date,
    seq bigint not null,
    constraint score_pkey primary key (organisation_id, challenge_id, subject_id)
  ) with (fillfactor = 80)`,
  `create table score_change (
    organisation_id uuid not null,
    challenge_id uuid not null,
    seq bigint not null,
    subject_id uuid not null,
    score bigint not null,
    reached_on date,
    constraint score_change_pkey primary key (organisation_id, challenge_id, seq, subject_id)
  )`,
  `create index activity_day_idx
    on activity (organisation_id, type, occurred_on, member_id)`,
  `create index activity_item_idx on activity (organisation_id, item) where item is not null`,
  `create index activity_customer_idx
    on activity (organisation_id, customer, occurred_on) where customer is not null`,
  `create index activity_import_idx
    on activity (organisation_id, import_id) where import_id is not null`,
  `create index waiting_missing_idx on waiting (organisation_id, missing)`,
  `alter table api_key
    add constraint api_key_organisation_fkey
    foreign key (organisation_id) references organisation(id) on delete cascade`,
  `alter table board_link
    add constraint board_link_organisation_fkey
    foreign key (organisation_id) references organisation(id) on delete cascade`,
  `alter table challenge
    add constraint challenge_organisation_fkey
    foreign key (organisation_id) references organisation(id) on delete cascade`,
  `alter table member
    add constraint member_organisation_fkey
    foreign key (organisation_id) references organisation(id) on delete cascade`,
  `alter table member
    add constraint member_person_fkey
    foreign key (person_id) references person(id) on delete set null`,
  `alter table sequence
    add constraint sequence_organisation_fkey
    foreign key (organisation_id) references organisation(id) on delete cascade`,
];

const tables = [
  'score_change',
  'score',
  'challenge_version',
  'challenge',
  'measure_day',
  'measure',
  'freshness',
  'undone_import',
  'verdict',
  'waiting',
  'activity',
  'board_link',
  'api_key',
  'installation',
  'member',
  'person',
  'sequence',
  'organisation',
];

export class Skeleton1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.query(`drop table ${table}`);
  }
}
