import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  `alter table organisation add working_week int[] not null default '{1,2,3,4,5}'`,
  `alter table member add entered_on date, add left_on date, add seq bigint not null default 0`,
  `create table team (
    organisation_id uuid not null,
    id uuid not null,
    external_id text,
    name text not null,
    parent_id uuid,
    created_at timestamptz not null,
    constraint team_external_id_key unique (organisation_id, external_id),
    constraint team_pkey primary key (organisation_id, id)
  )`,
  `create table team_member (
    organisation_id uuid not null,
    member_id uuid not null,
    from_day date not null,
    to_day date,
    team_id uuid not null,
    constraint team_member_days check (to_day > from_day),
    constraint team_member_pkey primary key (organisation_id, member_id, from_day)
  )`,
  `create table team_manager (
    organisation_id uuid not null,
    team_id uuid not null,
    member_id uuid not null,
    from_day date not null,
    to_day date,
    stand_in boolean not null,
    constraint team_manager_days check (to_day > from_day),
    constraint team_manager_pkey primary key (organisation_id, team_id, member_id, from_day)
  )`,
  `create table work_rate (
    organisation_id uuid not null,
    member_id uuid not null,
    from_day date not null,
    rate int not null,
    constraint work_rate_pkey primary key (organisation_id, member_id, from_day)
  )`,
  `create table absence (
    organisation_id uuid not null,
    member_id uuid not null,
    from_day date not null,
    from_half text not null,
    to_day date not null,
    to_half text not null,
    constraint absence_pkey primary key (organisation_id, member_id, from_day, from_half)
  )`,
  `create table holiday (
    organisation_id uuid not null,
    day date not null,
    name text not null,
    constraint holiday_pkey primary key (organisation_id, day)
  )`,
  `create index team_member_team_idx on team_member (organisation_id, team_id)`,
  `create index team_manager_member_idx on team_manager (organisation_id, member_id)`,
  `alter table team
    add constraint team_organisation_fkey
    foreign key (organisation_id) references organisation(id) on delete cascade`,
  `alter table team
    add constraint team_parent_fkey
    foreign key (organisation_id, parent_id) references team(organisation_id, id)`,
  `alter table team_member
    add constraint team_member_member_fkey
    foreign key (organisation_id, member_id) references member(organisation_id, id) on delete cascade`,
  `alter table team_member
    add constraint team_member_team_fkey
    foreign key (organisation_id, team_id) references team(organisation_id, id) on delete cascade`,
  `alter table team_manager
    add constraint team_manager_member_fkey
    foreign key (organisation_id, member_id) references member(organisation_id, id) on delete cascade`,
  `alter table team_manager
    add constraint team_manager_team_fkey
    foreign key (organisation_id, team_id) references team(organisation_id, id) on delete cascade`,
  `alter table work_rate
    add constraint work_rate_member_fkey
    foreign key (organisation_id, member_id) references member(organisation_id, id) on delete cascade`,
  `alter table absence
    add constraint absence_member_fkey
    foreign key (organisation_id, member_id) references member(organisation_id, id) on delete cascade`,
  `alter table holiday
    add constraint holiday_organisation_fkey
    foreign key (organisation_id) references organisation(id) on delete cascade`,
];

const down = [
  ...['holiday', 'absence', 'work_rate', 'team_manager', 'team_member', 'team'].map(
    (table) => `drop table ${table}`,
  ),
  'alter table member drop entered_on, drop left_on, drop seq',
  'alter table organisation drop working_week',
];

export class People1790100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
