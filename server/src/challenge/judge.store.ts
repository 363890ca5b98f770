import type { Tx } from '../platform/database.js';

/**
 * In which challenges some subjects compete that pay, are launched, and are neither certified nor
 * cancelled; of those whose window has a day, where one is given.
 */
export async function contests(
  tx: Tx,
  organisationId: string,
  subjectIds: readonly string[],
  day: string | null = null,
): Promise<{ challengeId: string; subjectId: string }[]> {
  return tx.rows(
    `select s.challenge_id as "challengeId", s.subject_id as "subjectId"
     from challenge c
     join challenge_version v on v.organisation_id = c.organisation_id
       and v.challenge_id = c.id and v.version = c.version
     join score s on s.organisation_id = c.organisation_id and s.challenge_id = c.id
       and s.subject_id = any($2::uuid[])
     where c.organisation_id = $1 and c.launched_at is not null
       and c.certified_seq is null and c.cancelled_at is null
       and v.definition -> 'payout' <> '[]'::jsonb
       and ($3::date is null or ((v.definition ->> 'from')::date <= $3::date
         and (v.definition ->> 'to')::date > $3::date))`,
    [organisationId, subjectIds, day],
  );
}
