import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  `alter table person add operator boolean not null default false, add last_organisation_id uuid`,
  // A member was a person's by the e-mail alone; from now on by what the person has accepted.
  `update member set person_id = null
    where person_id in (select id from person where password_hash is null)`,
  `update member set person_id = null from person
    where person.id = member.person_id and person.email is distinct from member.email`,
  `delete from person where password_hash is null`,
  `alter table member add constraint member_person_key unique (person_id, organisation_id)`,
  `alter table api_key add name text, add last_used_at timestamptz`,
  `update api_key set name = 'API'`,
  `alter table api_key alter name set not null`,
  `create table session (
    token_hash bytea not null,
    csrf text not null,
    person_id uuid not null,
    organisation_id uuid,
    signed_in_at timestamptz not null,
    seen_at timestamptz not null,
    constraint session_pkey primary key (token_hash)
  )`,
  `create table invitation (
    organisation_id uuid not null,
    member_id uuid not null,
    token_hash bytea not null,
    kind text not null,
    expires_at timestamptz not null,
    constraint invitation_token_key unique (token_hash),
    constraint invitation_pkey primary key (organisation_id, member_id)
  )`,
  `create table throttle (
    subject uuid not null,
    empty_at timestamptz not null,
    constraint throttle_pkey primary key (subject)
  )`,
  `create index session_person_idx on session (person_id)`,
  `create index session_seen_idx on session (seen_at)`,
  `create index throttle_empty_idx on throttle (empty_at)`,
  `alter table session
    add constraint session_person_fkey
    foreign key (person_id) references person(id) on delete cascade`,
  `alter table session
    add constraint session_organisation_fkey
    foreign key (organisation_id) references organisation(id) on delete cascade`,
  `alter table invitation
    add constraint invitation_member_fkey
    foreign key (organisation_id, member_id) references member(organisation_id, id)
    on delete cascade`,
];

const down = [
  'drop table throttle',
  'drop table invitation',
  'drop table session',
  'alter table api_key drop name, drop last_used_at',
  'alter table member drop constraint member_person_key',
  'alter table person drop operator, drop last_organisation_id',
];

export class Session1790150000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
