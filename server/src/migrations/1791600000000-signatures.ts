import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  `create table provenance (
    organisation_id uuid not null,
    subject text not null,
    what text not null,
    actor text not null,
    constraint provenance_pkey primary key (organisation_id, subject, what),
    constraint provenance_organisation_fkey foreign key (organisation_id)
      references organisation (id) on delete cascade
  )`,
  `create table challenge_author (
    organisation_id uuid not null,
    challenge_id uuid not null,
    actor text not null,
    constraint challenge_author_pkey primary key (organisation_id, challenge_id, actor),
    constraint challenge_author_challenge_fkey foreign key (organisation_id, challenge_id)
      references challenge (organisation_id, id) on delete cascade
  )`,
  `create table challenge_commitment (
    organisation_id uuid not null,
    challenge_id uuid not null,
    version int not null,
    day date not null,
    points bigint not null,
    constraint challenge_commitment_pkey primary key (organisation_id, challenge_id, version),
    constraint challenge_commitment_challenge_fkey foreign key (organisation_id, challenge_id)
      references challenge (organisation_id, id) on delete cascade
  )`,
  'create index challenge_commitment_day_idx on challenge_commitment (organisation_id, day)',
  `create table ceiling (
    organisation_id uuid not null,
    per_challenge bigint not null,
    per_author_and_month bigint not null,
    constraint ceiling_pkey primary key (organisation_id),
    constraint ceiling_organisation_fkey foreign key (organisation_id)
      references organisation (id) on delete cascade
  )`,
  'alter table challenge add countersign_asked_at timestamptz',
  'create index challenge_id_idx on challenge (id)',
  `create index challenge_asked_idx on challenge (organisation_id)
    where countersign_asked_at is not null`,
  'alter table certification_signature add why text',
  'alter table invitation add issued_by text',
];

/** What the record of commands tells of the time before. */
const backfill = [
  // The actor of the command that made the member; for a file, who committed the last one before.
  `create temporary table made on commit drop as
    select distinct on (organisation_id, subject) organisation_id, subject, actor
    from audit_entry where action = 'member.create' order by organisation_id, subject, id`,
  `create temporary table brought on commit drop as
    select organisation_id, at, id, actor from audit_entry
    where action in ('members.save', 'import.commit')`,
  'create index on made (organisation_id, subject)',
  'create index on brought (organisation_id, at, id)',
  `insert into provenance (organisation_id, subject, what, actor)
    select m.organisation_id, 'member:' || m.id, 'account', coalesce(made.actor, file.actor)
    from member m
      left join made on made.organisation_id = m.organisation_id
        and made.subject = 'member:' || m.id
      left join lateral (
        select actor from brought where made.actor is null
          and organisation_id = m.organisation_id and at <= m.created_at + interval '1 minute'
        order by at desc, id desc limit 1
      ) file on true
    where coalesce(made.actor, file.actor) is not null`,
  `insert into provenance (organisation_id, subject, what, actor)
    select distinct on (a.organisation_id, a.subject, role)
      a.organisation_id, a.subject, 'role:' || role, a.actor
    from audit_entry a
      cross join lateral jsonb_array_elements_text(a.after -> 'roles') as role
    where a.action = 'member.change' and jsonb_typeof(a.after -> 'roles') = 'array'
      and not coalesce(a.before -> 'roles' ? role, false)
    order by a.organisation_id, a.subject, role, a.id desc`,
  `insert into provenance (organisation_id, subject, what, actor)
    select distinct on (r.organisation_id, r.subject)
      r.organisation_id, r.subject, 'entrance', i.actor
    from audit_entry r cross join lateral (
      select actor from audit_entry where organisation_id = r.organisation_id
        and subject = r.subject and action = 'invitation.issue' and id < r.id
      order by id desc limit 1
    ) i
    where r.action = 'invitation.redeem'
    order by r.organisation_id, r.subject, r.id desc`,
  `insert into provenance (organisation_id, subject, what, actor)
    select distinct on (a.organisation_id, manager ->> 'memberId', a.subject)
      a.organisation_id, 'member:' || (manager ->> 'memberId'), a.subject, a.actor
    from audit_entry a
      cross join lateral jsonb_array_elements(a.after -> 'managers') as manager
    where a.action in ('team.create', 'team.change')
      and jsonb_typeof(a.after -> 'managers') = 'array' and manager ? 'memberId'
    order by a.organisation_id, manager ->> 'memberId', a.subject, a.id`,
  `insert into provenance (organisation_id, subject, what, actor)
    select distinct on (organisation_id, subject) organisation_id, subject, 'account', actor
    from audit_entry where action = 'key.create' order by organisation_id, subject, id`,
  `update invitation i set issued_by = (select actor from audit_entry
      where organisation_id = i.organisation_id and subject = 'member:' || i.member_id
        and action = 'invitation.issue' order by id desc limit 1)`,
  `insert into challenge_author (organisation_id, challenge_id, actor)
    select distinct c.organisation_id, c.id, a.actor
    from challenge c join audit_entry a on a.organisation_id = c.organisation_id
      and a.subject = 'challenge:' || c.id and a.action in
        ('challenge.create', 'challenge.change', 'challenge.launch', 'challenge.amend')`,
  `insert into challenge_commitment (organisation_id, challenge_id, version, day, points)
    select c.organisation_id, c.id, 1,
      (c.launched_at at time zone o.time_zone)::date, b.reserved
    from challenge c join organisation o on o.id = c.organisation_id
      join budget b on b.organisation_id = c.organisation_id and b.id = c.id
    where c.launched_at is not null`,
];

export class Signatures1791600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...tables, ...backfill]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table invitation drop issued_by');
    await runner.query('alter table certification_signature drop why');
    await runner.query('drop index challenge_asked_idx');
    await runner.query('drop index challenge_id_idx');
    await runner.query('alter table challenge drop countersign_asked_at');
    await runner.query('drop table ceiling');
    await runner.query('drop table challenge_commitment');
    await runner.query('drop table challenge_author');
    await runner.query('drop table provenance');
  }
}
