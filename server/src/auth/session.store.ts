import type { Agent } from '@palmares/shared/auth/agent';
import type { Membership, SessionView } from '@palmares/shared/auth/session';
import type { Role } from '@palmares/shared/people/member';
import type { Tx } from '../platform/database.js';

export interface SessionRow {
  csrf: string;
  personId: string;
  operator: boolean;
  signedInAt: Date;
  seenAt: Date;
  /** All three null while no organisation is picked, or after the member has left it. */
  organisationId: string | null;
  memberId: string | null;
  roles: Role[] | null;
}

export interface NewSession extends Agent {
  tokenHash: Buffer;
  id: string;
  csrf: string;
  personId: string;
  organisationId: string | null;
}

/** Who has left, on the day of the organisation, enters no more; nobody a demo that is not shown. */
const PRESENT = `(m.left_on is null or m.left_on > ($2::timestamptz at time zone o.time_zone)::date)
  and ($3::boolean or not o.demo)`;

/** An admin may have ended the sessions of a member that began before some moment. */
const NOT_ENDED = '(m.sessions_from is null or m.sessions_from <= s.signed_in_at)';

export async function findSession(
  tx: Tx,
  tokenHash: Buffer,
  now: Date,
  demo: boolean,
): Promise<SessionRow | undefined> {
  return tx.one<SessionRow>(
    `select s.csrf, s.person_id as "personId", p.operator, s.signed_in_at as "signedInAt",
       s.seen_at as "seenAt", m.organisation_id as "organisationId", m.id as "memberId", m.roles
     from session s
     join person p on p.id = s.person_id
     left join (member m join organisation o on o.id = m.organisation_id)
       on m.organisation_id = s.organisation_id and m.person_id = s.person_id and ${PRESENT}
       and ${NOT_ENDED}
     where s.token_hash = $1`,
    [tokenHash, now, demo],
    'session.find',
  );
}

/** Of these sessions those whose time is not over, with the member that each is for. */
export async function aliveSessions(
  tx: Tx,
  tokenHashes: readonly Buffer[],
  now: Date,
  demo: boolean,
  signedInAfter: Date,
  seenAfter: Date,
): Promise<{ tokenHash: Buffer; memberId: string | null }[]> {
  return tx.rows(
    `select s.token_hash as "tokenHash", m.id as "memberId"
     from session s
     left join (member m join organisation o on o.id = m.organisation_id)
       on m.organisation_id = s.organisation_id and m.person_id = s.person_id and ${PRESENT}
       and ${NOT_ENDED}
     where s.token_hash = any($1) and s.signed_in_at >= $4 and s.seen_at >= $5`,
    [tokenHashes, now, demo, signedInAfter, seenAfter],
  );
}

export async function touchSession(tx: Tx, tokenHash: Buffer, now: Date): Promise<void> {
  await tx.rows('update session set seen_at = $2 where token_hash = $1 and seen_at < $2', [
    tokenHash,
    now,
  ]);
}

export async function insertSession(tx: Tx, session: NewSession, now: Date): Promise<void> {
  const { tokenHash, id, csrf, personId, organisationId, browser, system } = session;
  await tx.rows(
    `insert into session (token_hash, id, csrf, person_id, organisation_id, signed_in_at, seen_at,
       browser, system) values ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
    [tokenHash, id, csrf, personId, organisationId, now, browser, system],
  );
}

/** The same session under another secret; false when it is no more. */
export async function rotateSession(tx: Tx, before: Buffer, tokenHash: Buffer): Promise<boolean> {
  const rows = await tx.rows(
    'update session set token_hash = $2 where token_hash = $1 returning 1',
    [before, tokenHash],
  );
  return rows.length === 1;
}

/** A page that still shows the organisation before may not write into this one. */
export async function enterOrganisation(
  tx: Tx,
  tokenHash: Buffer,
  organisationId: string,
  csrf: string,
): Promise<void> {
  await tx.rows('update session set organisation_id = $2, csrf = $3 where token_hash = $1', [
    tokenHash,
    organisationId,
    csrf,
  ]);
}

export async function deleteSession(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const rows = await tx.rows('delete from session where token_hash = $1 returning 1', [tokenHash]);
  return rows.length === 1;
}

const hashes = (rows: { tokenHash: Buffer }[]) => rows.map(({ tokenHash }) => tokenHash);

export async function deleteSessionsOf(
  tx: Tx,
  personId: string,
  except: Buffer | null,
): Promise<Buffer[]> {
  const rows = await tx.rows<{ tokenHash: Buffer }>(
    `delete from session where person_id = $1 and token_hash is distinct from $2
     returning token_hash as "tokenHash"`,
    [personId, except],
  );
  return hashes(rows);
}

/** Nobody waits for another who does the same. */
export async function sweepSessions(tx: Tx, signedInBefore: Date, seenBefore: Date) {
  await tx.rows(
    `delete from session where token_hash in (
       select token_hash from session where seen_at < $2 or signed_in_at < $1
       for update skip locked)`,
    [signedInBefore, seenBefore],
  );
}

/** Sessions in an organisation of these members, or of people who are no member any more. */
export async function sessionsOfMembers(
  tx: Tx,
  organisationId: string,
  memberIds: readonly string[],
): Promise<Buffer[]> {
  const rows = await tx.rows<{ tokenHash: Buffer }>(
    `select s.token_hash as "tokenHash" from session s
     left join member m on m.organisation_id = s.organisation_id and m.person_id = s.person_id
     where s.organisation_id = $1 and (m.id is null or m.id = any($2))`,
    [organisationId, memberIds],
  );
  return hashes(rows);
}

/** Where a person may go by a session of that age; the organisation picked last comes first. */
export async function listMemberships(
  tx: Tx,
  personId: string,
  { now, demo, signedInAt }: { now: Date; demo: boolean; signedInAt: Date },
): Promise<Membership[]> {
  return tx.rows<Membership>(
    `select o.id, o.name, m.id as "memberId", m.roles
     from member m
     join organisation o on o.id = m.organisation_id
     join person p on p.id = m.person_id
     where m.person_id = $1 and ${PRESENT} and (m.sessions_from is null or m.sessions_from <= $4)
     order by o.id = p.last_organisation_id desc nulls last, o.name, o.id`,
    [personId, now, demo, signedInAt],
  );
}

export async function rememberPick(tx: Tx, personId: string, organisationId: string) {
  await tx.rows('update person set last_organisation_id = $2 where id = $1', [
    personId,
    organisationId,
  ]);
}

export async function findCurrent(
  tx: Tx,
  organisationId: string,
  memberId: string,
): Promise<SessionView['current']> {
  const row = await tx.one<{ current: NonNullable<SessionView['current']> }>(
    `select json_build_object(
       'organisation', json_build_object('id', o.id, 'name', o.name, 'locale', o.locale,
         'currency', o.currency, 'timeZone', o.time_zone, 'demo', o.demo,
         'activityTypes', o.activity_types),
       'member', json_build_object('id', m.id, 'name', m.name, 'email', m.email,
         'roles', m.roles, 'kind', m.kind)) as current
     from member m join organisation o on o.id = m.organisation_id
     where m.organisation_id = $1 and m.id = $2`,
    [organisationId, memberId],
  );
  return row?.current ?? null;
}
