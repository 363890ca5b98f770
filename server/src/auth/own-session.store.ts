import type { OwnSession } from '@palmares/shared/auth/own-session';
import type { Tx } from '../platform/database.js';

interface OwnSessionRow extends Omit<OwnSession, 'signedInAt' | 'seenAt'> {
  signedInAt: Date;
  seenAt: Date;
}

/** The sessions of a person that are not over, the one that asks first. */
export async function listSessions(
  tx: Tx,
  personId: string,
  current: Buffer,
  signedInAfter: Date,
  seenAfter: Date,
): Promise<OwnSessionRow[]> {
  return tx.rows<OwnSessionRow>(
    `select id, signed_in_at as "signedInAt", seen_at as "seenAt", browser, system,
       token_hash = $2 as current
     from session where person_id = $1 and signed_in_at >= $3 and seen_at >= $4
     order by current desc, seen_at desc, id`,
    [personId, current, signedInAfter, seenAfter],
  );
}

export async function deleteOne(tx: Tx, personId: string, id: string): Promise<Buffer[]> {
  return hashes(
    await tx.rows<{ tokenHash: Buffer }>(
      `delete from session where person_id = $1 and id = $2 returning token_hash as "tokenHash"`,
      [personId, id],
    ),
  );
}

/**
 * From now on only sessions that begin later enter as this member; undefined where there is none.
 */
export async function barSessions(
  tx: Tx,
  organisationId: string,
  memberId: string,
  now: Date,
): Promise<{ personId: string | null; demo: boolean } | undefined> {
  return tx.one<{ personId: string | null; demo: boolean }>(
    `update member m set sessions_from = $3 from organisation o
     where m.organisation_id = $1 and m.id = $2 and o.id = $1
     returning m.person_id as "personId", o.demo`,
    [organisationId, memberId, now],
  );
}

/** The sessions of a person in an organisation; all of them where they enter nothing else. */
export async function deleteWithin(
  tx: Tx,
  organisationId: string,
  personId: string,
): Promise<Buffer[]> {
  return hashes(
    await tx.rows<{ tokenHash: Buffer }>(
      `delete from session s using person p
       where s.person_id = $2 and p.id = $2 and (s.organisation_id = $1 or not (p.operator
         or exists (select from member m where m.person_id = $2 and m.organisation_id <> $1)))
       returning s.token_hash as "tokenHash"`,
      [organisationId, personId],
    ),
  );
}

const hashes = (rows: { tokenHash: Buffer }[]) => rows.map(({ tokenHash }) => tokenHash);
