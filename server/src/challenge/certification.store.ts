import type { Award } from '@palmares/shared/challenge/payout';
import type { Tx } from '../platform/database.js';

export interface SignatureRow {
  signature: string;
  gains: boolean;
  /** Why it does not count; null where it does. */
  why: string | null;
  signedAt: Date;
}

/** Signs; of somebody who signs again the first time stays, with what the signature is worth now. */
export async function sign(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  { signature, gains, why, signedAt }: SignatureRow,
): Promise<void> {
  await tx.rows(
    `insert into certification_signature
       (organisation_id, challenge_id, signature, gains, why, signed_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (organisation_id, challenge_id, signature) do update
       set gains = excluded.gains, why = excluded.why`,
    [organisationId, challengeId, signature, gains, why, signedAt],
  );
}

export async function signatures(
  tx: Tx,
  organisationId: string,
  challengeId: string,
): Promise<SignatureRow[]> {
  return tx.rows<SignatureRow>(
    `select signature, gains, why, signed_at as "signedAt" from certification_signature
     where organisation_id = $1 and challenge_id = $2 order by signed_at, signature`,
    [organisationId, challengeId],
  );
}

/** Keeps what a challenge gave. */
export async function keepAwards(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  awards: readonly Award[],
): Promise<void> {
  if (awards.length === 0) return;
  await tx.rows(
    `insert into award (organisation_id, challenge_id, line, member_id, points, prize, team_id)
     select $1, $2, * from unnest($3::int[], $4::uuid[], $5::bigint[], $6::text[], $7::uuid[])`,
    [
      organisationId,
      challengeId,
      awards.map(({ line }) => line),
      awards.map(({ subjectId }) => subjectId),
      awards.map(({ points }) => points),
      awards.map(({ prize }) => prize),
      awards.map(({ teamId }) => teamId),
    ],
  );
}

export async function awards(
  tx: Tx,
  organisationId: string,
  challengeId: string,
): Promise<Award[]> {
  return tx.rows<Award>(
    `select line, member_id as "subjectId", points, prize, team_id as "teamId" from award
     where organisation_id = $1 and challenge_id = $2 order by line, member_id`,
    [organisationId, challengeId],
  );
}

export async function awardsTo(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  memberId: string,
): Promise<Award[]> {
  return tx.rows<Award>(
    `select line, member_id as "subjectId", points, prize, team_id as "teamId" from award
     where organisation_id = $1 and challenge_id = $2 and member_id = $3 order by line`,
    [organisationId, challengeId, memberId],
  );
}

/** The names of those who get something. */
export async function names(
  tx: Tx,
  organisationId: string,
  given: readonly Award[],
): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>(
    'select id, name from member where organisation_id = $1 and id = any($2::uuid[])',
    [organisationId, given.map(({ subjectId }) => subjectId)],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The gifts that a member has won, the latest first. */
export async function prizesOf(tx: Tx, organisationId: string, memberId: string) {
  return tx.rows<{
    challengeId: string;
    name: string;
    prize: string;
    teamId: string | null;
    wonAt: Date;
  }>(
    `select challenge.id as "challengeId", frozen.definition->>'name' as name, prize, team_id as "teamId",
       certified_at as "wonAt"
     from award join challenge on challenge.organisation_id = award.organisation_id
       and challenge.id = award.challenge_id
     join challenge_version frozen on frozen.organisation_id = challenge.organisation_id
       and frozen.challenge_id = challenge.id and frozen.version = challenge.version
     where award.organisation_id = $1 and member_id = $2 and prize is not null
     order by certified_at desc, challenge.id, line`,
    [organisationId, memberId],
  );
}
