import type { MemberInput } from '@palmares/shared/people/member';
import type { OrganisationInput } from '@palmares/shared/people/organisation';
import type { Tx } from '../platform/database.js';

export interface Organisation extends OrganisationInput {
  id: string;
  demo: boolean;
}

export interface MemberRow {
  id: string;
  externalId: string | null;
  email: string | null;
  name: string;
  roles: string[];
  kind: string;
}

const organisationColumns = 'id, name, time_zone as "timeZone", currency, locale, demo';

export async function insertOrganisation(
  tx: Tx,
  organisation: Organisation,
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

export async function listMembers(tx: Tx, organisationId: string): Promise<MemberRow[]> {
  return tx.rows<MemberRow>(
    `select id, external_id as "externalId", email, name, roles, kind
     from member where organisation_id = $1 order by id`,
    [organisationId],
    'member.list',
  );
}

export async function insertMember(
  tx: Tx,
  organisationId: string,
  member: MemberInput & { id: string },
  now: Date,
): Promise<void> {
  const { id, externalId, email, name, roles, kind } = member;
  await tx.rows(
    `insert into member (organisation_id, id, external_id, email, name, roles, kind, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [organisationId, id, externalId ?? null, email ?? null, name, roles, kind, now],
  );
}

/** Under another e-mail it is no longer for the one who entered to say that they are the member. */
export async function updateMember(
  tx: Tx,
  organisationId: string,
  member: MemberInput & { id: string },
): Promise<void> {
  const { id, externalId, email, name, roles, kind } = member;
  await tx.rows(
    `update member set external_id = $3, email = $4, name = $5, roles = $6, kind = $7,
       person_id = case when email = $4 then person_id end
     where organisation_id = $1 and id = $2`,
    [organisationId, id, externalId ?? null, email ?? null, name, roles, kind],
  );
}
