import type { Tx } from '../platform/database.js';
import type { Turn } from '../people/sequence.js';

/** A number that a rule of a challenge keeps of a subject. */
export interface FrozenRow {
  rule: number;
  subjectId: string;
  value: number;
}

/** Keeps numbers of subjects who enter a challenge; they are never changed. */
export async function keep(
  tx: Tx,
  turn: Turn,
  challengeId: string,
  rows: readonly FrozenRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.rows(
    `insert into frozen_number (organisation_id, challenge_id, rule, subject_id, value)
     select $1, $2, * from unnest($3::int[], $4::uuid[], $5::bigint[])
     on conflict do nothing`,
    [
      turn.organisationId,
      challengeId,
      rows.map(({ rule }) => rule),
      rows.map(({ subjectId }) => subjectId),
      rows.map(({ value }) => value),
    ],
  );
}

/** Everything that the launched challenges of an organisation keep, or a single one of them. */
export async function list(
  tx: Tx,
  organisationId: string,
  only?: string,
): Promise<(FrozenRow & { challengeId: string })[]> {
  return tx.rows<FrozenRow & { challengeId: string }>(
    `select challenge_id as "challengeId", rule, subject_id as "subjectId", value
     from frozen_number where organisation_id = $1 ${only === undefined ? '' : 'and challenge_id = $2'}`,
    [organisationId, ...(only === undefined ? [] : [only])],
  );
}

export async function remove(tx: Tx, turn: Turn, challengeId: string): Promise<void> {
  await tx.rows('delete from frozen_number where organisation_id = $1 and challenge_id = $2', [
    turn.organisationId,
    challengeId,
  ]);
}
