import type { Award } from '@palmares/shared/challenge/payout';
import type { Tx } from '../platform/database.js';

export interface SignatureRow {
  signature: string;
  gains: boolean;
  signedAt: Date;
}

/** Signs once; signing again changes nothing. */
export async function sign(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  { signature, gains, signedAt }: SignatureRow,
): Promise<void> {
  await tx.rows(
    `insert into certification_signature
       (organisation_id, challenge_id, signature, gains, signed_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [organisationId, challengeId, signature, gains, signedAt],
  );
}

export async function signatures(
  tx: Tx,
  organisationId: string,
  challengeId: string,
): Promise<SignatureRow[]> {
  return tx.rows<SignatureRow>(
    `select signature, gains, signed_at as "signedAt" from certification_signature
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
    `insert into award (organisation_id, challenge_id, line, member_id, points, prize)
     select $1, $2, * from unnest($3::int[], $4::uuid[], $5::bigint[], $6::text[])`,
    [
      organisationId,
      challengeId,
      awards.map(({ line }) => line),
      awards.map(({ subjectId }) => subjectId),
      awards.map(({ points }) => points),
      awards.map(({ prize }) => prize),
    ],
  );
}

export async function awards(
  tx: Tx,
  organisationId: string,
  challengeId: string,
): Promise<Award[]> {
  return tx.rows<Award>(
    `select line, member_id as "subjectId", points, prize from award
     where organisation_id = $1 and challenge_id = $2 order by line, member_id`,
    [organisationId, challengeId],
  );
}
