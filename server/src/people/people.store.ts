import type { OwnType } from '@palmares/shared/activity/own-type';
import type { OrganisationInput } from '@palmares/shared/people/organisation';
import type { MemberState } from '@palmares/shared/people/people-index';
import type { Day } from '@palmares/shared/time/day';
import type { Tx } from '../platform/database.js';
import { noteMembers } from './provenance.store.js';
import type { Turn } from './sequence.js';

export interface NewOrganisation extends OrganisationInput {
  id: string;
  demo: boolean;
}

export interface Organisation extends NewOrganisation {
  activityTypes: readonly OwnType[];
}

const organisationColumns = `id, name, time_zone as "timeZone", currency, locale, demo,
  activity_types as "activityTypes"`;
const memberColumns = `id, external_id as "externalId", email, name, roles, kind,
  entered_on as "enteredOn", left_on as "leftOn"`;

export async function insertOrganisation(
  tx: Tx,
  organisation: NewOrganisation,
  now: Date,
): Promise<void> {
  const { id, name, timeZone, currency, locale, demo } = organisation;
  await tx.rows(
    `insert into organisation (id, name, time_zone, currency, locale, demo, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [id, name, timeZone, currency, locale, demo, now],
  );
  await tx.rows('insert into sequence (organisation_id, changed_at) values ($1, $2)', [id, now]);
}

export async function findOrganisation(tx: Tx, id: string): Promise<Organisation | undefined> {
  return tx.one<Organisation>(
    `select ${organisationColumns} from organisation where id = $1`,
    [id],
    'organisation.find',
  );
}

export async function listOrganisations(tx: Tx): Promise<Organisation[]> {
  return tx.rows<Organisation>(`select ${organisationColumns} from organisation order by id`);
}

export async function listMembers(tx: Tx, organisationId: string): Promise<MemberState[]> {
  return tx.rows<MemberState>(
    `select ${memberColumns} from member where organisation_id = $1 order by id`,
    [organisationId],
    'member.list',
  );
}

export async function findMember(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<MemberState | undefined> {
  return tx.one<MemberState>(
    `select ${memberColumns} from member where organisation_id = $1 and id = $2`,
    [organisationId, id],
  );
}

/** Other members who are called so. */
export async function findNamesakes(
  tx: Tx,
  organisationId: string,
  { id, email, externalId }: Pick<MemberState, 'id' | 'email' | 'externalId'>,
): Promise<Pick<MemberState, 'email' | 'externalId'>[]> {
  return tx.rows<Pick<MemberState, 'email' | 'externalId'>>(
    `select email, external_id as "externalId" from member
     where organisation_id = $1 and id <> $2 and (email = $3 or external_id = $4)`,
    [organisationId, id, email, externalId],
  );
}

/** Members who have accepted an invitation. */
export async function enteredIds(tx: Tx, organisationId: string): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(
    'select id from member where organisation_id = $1 and person_id is not null',
    [organisationId],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Until when somebody who has entered administers: a day, `infinity`, or null for nobody. */
export async function administeredUntil(
  tx: Tx,
  organisationId: string,
  today: Day,
): Promise<string | null> {
  const found = await tx.one<{ until: string | null }>(
    `select max(coalesce(left_on, 'infinity'))::text as until from member
     where organisation_id = $1 and person_id is not null and 'admin' = any(roles)
       and (left_on is null or left_on > $2::date)`,
    [organisationId, today],
  );
  return found?.until ?? null;
}

/**
 * Adds members and changes those whose id is known, stamped with the turn. Under another e-mail a
 * member is no longer for the one who entered to say that they are it.
 */
export async function writeMembers(
  tx: Tx,
  turn: Turn,
  members: readonly MemberState[],
  now: Date,
): Promise<void> {
  if (members.length === 0) return;
  await noteMembers(tx, turn.organisationId, members);
  // Names change hands within a statement only where nobody holds them meanwhile.
  await tx.rows(
    `update member set email = null, external_id = null,
       person_id = case when email = fresh.named then person_id end
     from unnest($2::uuid[], $3::text[], $4::text[]) as fresh (id, named, external)
     where organisation_id = $1 and member.id = fresh.id
       and (email is distinct from named or external_id is distinct from external)`,
    [turn.organisationId, members.map(({ id }) => id), ...namesOf(members)],
  );
  await tx.rows(
    `insert into member (organisation_id, id, external_id, email, name, roles, kind, entered_on,
       left_on, seq, created_at)
     select $1, id, external, named, name, string_to_array(roles, ','), kind, entered, gone, $2, $3
     from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
       $10::date[], $11::date[]) as fresh (id, named, external, name, roles, kind, entered, gone)
     on conflict (organisation_id, id) do update
       set external_id = excluded.external_id, email = excluded.email, name = excluded.name,
         roles = excluded.roles, kind = excluded.kind, entered_on = excluded.entered_on,
         left_on = excluded.left_on, seq = excluded.seq`,
    [
      turn.organisationId,
      turn.seq,
      now,
      members.map(({ id }) => id),
      ...namesOf(members),
      members.map(({ name }) => name),
      members.map(({ roles }) => roles.join()),
      members.map(({ kind }) => kind),
      members.map(({ enteredOn }) => enteredOn),
      members.map(({ leftOn }) => leftOn),
    ],
  );
}

const namesOf = (members: readonly MemberState[]) => [
  members.map(({ email }) => email),
  members.map(({ externalId }) => externalId),
];
