import type { ChallengeDefinitionInput } from '@palmares/shared/challenge/challenge';
import type { TermsDocument, WrittenClauses } from '@palmares/shared/challenge/terms';
import type { Locale } from '@palmares/shared/people/organisation';
import type { Tx } from '../platform/database.js';

export interface TermsRow {
  clauses: WrittenClauses;
  version: number;
}

/** The terms of a challenge, which nobody else changes meanwhile. */
export async function lock(tx: Tx, organisationId: string, challengeId: string): Promise<TermsRow> {
  const row = await tx.one<TermsRow>(
    `insert into terms (organisation_id, challenge_id, clauses, version) values ($1, $2, '{}', 0)
     on conflict (organisation_id, challenge_id) do update set version = terms.version
     returning clauses, version`,
    [organisationId, challengeId],
  );
  return row ?? { clauses: {}, version: 0 };
}

export async function find(tx: Tx, organisationId: string, challengeId: string): Promise<TermsRow> {
  const row = await tx.one<TermsRow>(
    'select clauses, version from terms where organisation_id = $1 and challenge_id = $2',
    [organisationId, challengeId],
  );
  return row ?? { clauses: {}, version: 0 };
}

export async function write(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  { clauses, version }: TermsRow,
): Promise<void> {
  await tx.rows(
    `update terms set clauses = $3, version = $4
     where organisation_id = $1 and challenge_id = $2`,
    [organisationId, challengeId, JSON.stringify(clauses), version],
  );
}

export interface VersionRow {
  version: number;
  challengeVersion: number;
  clauses: WrittenClauses;
  documents: Record<Locale, TermsDocument>;
  publishedBy: string;
  publishedAt: Date;
}

export async function publish(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  row: VersionRow,
): Promise<void> {
  await tx.rows(
    `insert into terms_version (organisation_id, challenge_id, version, challenge_version, clauses,
       documents, published_by, published_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      organisationId,
      challengeId,
      row.version,
      row.challengeVersion,
      JSON.stringify(row.clauses),
      JSON.stringify(row.documents),
      row.publishedBy,
      row.publishedAt,
    ],
  );
}

export async function versions(
  tx: Tx,
  organisationId: string,
  challengeId: string,
): Promise<VersionRow[]> {
  return tx.rows<VersionRow>(
    `select version, challenge_version as "challengeVersion", clauses, documents,
       published_by as "publishedBy", published_at as "publishedAt"
     from terms_version where organisation_id = $1 and challenge_id = $2 order by version`,
    [organisationId, challengeId],
  );
}

/** The definition as it is, with its version; null where it has not been launched. */
export async function definition(
  tx: Tx,
  organisationId: string,
  challengeId: string,
): Promise<{ definition: ChallengeDefinitionInput; version: number | null } | undefined> {
  return tx.one<{ definition: ChallengeDefinitionInput; version: number | null }>(
    `select coalesce(v.definition, c.draft) as definition, c.version
     from challenge c
     left join challenge_version v on v.organisation_id = c.organisation_id
       and v.challenge_id = c.id and v.version = c.version
     where c.organisation_id = $1 and c.id = $2`,
    [organisationId, challengeId],
  );
}

/** When a member took note of a version; the first time counts. */
export async function acknowledge(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  read: number | undefined,
  memberId: string,
  now: Date,
): Promise<{ version: number; acknowledgedAt: Date } | undefined> {
  return tx.one(
    `insert into terms_acknowledgement
       (organisation_id, challenge_id, version, member_id, acknowledged_at)
     select $1, $2, version, $4, $5 from terms
     where organisation_id = $1 and challenge_id = $2 and version = coalesce($3::int, version)
       and version > 0
     on conflict (organisation_id, challenge_id, version, member_id)
     do update set acknowledged_at = terms_acknowledgement.acknowledged_at
     returning version, acknowledged_at as "acknowledgedAt"`,
    [organisationId, challengeId, read ?? null, memberId, now],
  );
}

/** When each member took note of a version. */
export async function acknowledgements(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  version: number,
  memberId: string | null = null,
): Promise<Map<string, Date>> {
  const rows = await tx.rows<{ memberId: string; acknowledgedAt: Date }>(
    `select member_id as "memberId", acknowledged_at as "acknowledgedAt"
     from terms_acknowledgement
     where organisation_id = $1 and challenge_id = $2 and version = $3
       and ($4::uuid is null or member_id = $4)`,
    [organisationId, challengeId, version, memberId],
  );
  return new Map(rows.map((row) => [row.memberId, row.acknowledgedAt]));
}

/** The names of some teams, by their id. */
export async function teamNames(
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>(
    'select id, name from team where organisation_id = $1 and id = any($2::uuid[])',
    [organisationId, ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
