import type { MigrationInterface, QueryRunner } from 'typeorm';

const KEPT = ['posting', 'lot_movement'];

const up = [
  `create table points_currency (
    organisation_id uuid not null,
    code text not null,
    created_at timestamptz not null,
    constraint points_currency_pkey primary key (organisation_id, code)
  )`,
  `create table wallet (
    organisation_id uuid not null,
    member_id uuid not null,
    currency text not null,
    pending bigint not null,
    available bigint not null,
    held bigint not null,
    owed bigint not null,
    lines int not null,
    constraint wallet_pending check (pending >= 0),
    constraint wallet_available check (available >= 0),
    constraint wallet_held check (held >= 0),
    constraint wallet_owed check (owed <= 0),
    constraint wallet_pkey primary key (organisation_id, member_id, currency)
  )`,
  `create table budget (
    organisation_id uuid not null,
    id uuid not null,
    currency text not null,
    name text not null,
    reserved bigint not null,
    returned bigint not null,
    balance bigint not null,
    lines int not null,
    created_at timestamptz not null,
    constraint budget_balance check (balance >= 0),
    constraint budget_paid check (balance <= reserved - returned),
    constraint budget_pkey primary key (organisation_id, id)
  )`,
  `create table posting (
    organisation_id uuid not null,
    id uuid not null,
    owner_id uuid not null,
    currency text not null,
    line int not null,
    reference text not null,
    number int not null,
    from_account text not null,
    to_account text not null,
    amount bigint not null,
    budget_id uuid,
    reverses uuid,
    reason text not null,
    actor text,
    seq bigint,
    posted_at timestamptz not null,
    constraint posting_amount check (amount > 0),
    constraint posting_accounts check (from_account <> to_account),
    constraint posting_pkey primary key (organisation_id, id)
  )`,
  `create unique index posting_reference_key
    on posting (organisation_id, reference, owner_id, number)`,
  `create unique index posting_line_key on posting (organisation_id, owner_id, currency, line)`,
  `create table lot (
    organisation_id uuid not null,
    id uuid not null,
    member_id uuid not null,
    currency text not null,
    reference text not null,
    regime text not null,
    expires_on date,
    amount bigint not null,
    pending bigint not null,
    available bigint not null,
    held bigint not null,
    expired bigint not null,
    constraint lot_places
      check (pending >= 0 and available >= 0 and held >= 0 and expired >= 0),
    constraint lot_amount check (pending + available + held + expired <= amount),
    constraint lot_pkey primary key (organisation_id, id)
  )`,
  `create index lot_wallet_idx on lot (organisation_id, member_id, currency)`,
  `create index lot_expiry_idx on lot (organisation_id, expires_on)
    where available > 0 and expires_on is not null`,
  `create table lot_movement (
    organisation_id uuid not null,
    posting_id uuid not null,
    lot_id uuid not null,
    amount bigint not null,
    constraint lot_movement_amount check (amount > 0),
    constraint lot_movement_pkey primary key (organisation_id, posting_id, lot_id)
  )`,
  `create table command_answer (
    organisation_id uuid not null,
    caller text not null,
    key text not null,
    request_hash uuid not null,
    answer jsonb,
    answered_at timestamptz not null,
    constraint command_answer_pkey primary key (organisation_id, caller, key)
  )`,
  `create index command_answer_age_idx on command_answer (answered_at)`,
  `alter table points_currency
    add constraint points_currency_organisation_fkey
    foreign key (organisation_id) references organisation(id) on delete restrict`,
  `create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only: post the contrary instead', tg_table_name
        using errcode = 'restrict_violation';
    end
  $$`,
  ...KEPT.flatMap((table) => [
    `create trigger ${table}_kept before update or delete on ${table}
      for each row execute function refuse_change()`,
    `create trigger ${table}_kept_whole before truncate on ${table}
      for each statement execute function refuse_change()`,
  ]),
];

const down = [
  'drop table command_answer',
  'drop table lot_movement',
  'drop table lot',
  'drop table posting',
  'drop table budget',
  'drop table wallet',
  'drop table points_currency',
  'drop function refuse_change()',
];

export class Ledger1790400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
