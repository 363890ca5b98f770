import type { DisputeInput, Dispute, Resolution } from '@palmares/shared/dispute/dispute';
import type { Tx } from '../platform/database.js';

export interface Identity {
  source: string;
  externalId: string;
}

export interface NewDispute {
  id: string;
  reporterId: string;
  input: DisputeInput;
  identity: Identity | null;
  concerned: readonly string[];
  contentHash: string;
  now: Date;
}

/** Keeps a report; answers the id of the same one that is open already, if there is one. */
export async function open(
  tx: Tx,
  organisationId: string,
  { id, reporterId, input, identity, concerned, contentHash, now }: NewDispute,
): Promise<{ id: string; fresh: boolean }> {
  const row = await tx.one<{ id: string }>(
    `insert into dispute (organisation_id, id, challenge_id, reporter_id, kind, source,
       external_id, text, expected, concerned, content_hash, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', $12)
     on conflict (organisation_id, reporter_id, content_hash) where status = 'open'
     do update set status = dispute.status
     returning id`,
    [
      organisationId,
      id,
      input.challengeId,
      reporterId,
      input.kind,
      identity?.source ?? null,
      identity?.externalId ?? null,
      input.text,
      input.expected ? JSON.stringify(input.expected) : null,
      concerned,
      contentHash,
      now,
    ],
  );
  return { id: row?.id ?? id, fresh: row?.id === id };
}

export interface DisputeRow {
  id: string;
  challengeId: string;
  challengeName: string;
  kind: Dispute['kind'];
  source: string | null;
  externalId: string | null;
  reporterId: string;
  reporterName: string;
  text: string;
  expected: Dispute['expected'];
  concerned: string[];
  status: Dispute['status'];
  answer: string | null;
  resolvedBy: string | null;
  resolverName: string | null;
  createdAt: Date;
  resolvedAt: Date | null;
}

const SELECTED = `select d.id, d.challenge_id as "challengeId",
    coalesce(v.definition, c.draft) ->> 'name' as "challengeName", d.kind, d.source,
    d.external_id as "externalId", d.reporter_id as "reporterId", reporter.name as "reporterName",
    d.text, d.expected, d.concerned, d.status, d.answer, d.resolved_by as "resolvedBy",
    resolver.name as "resolverName", d.created_at as "createdAt", d.resolved_at as "resolvedAt"
  from dispute d
  join challenge c on c.organisation_id = d.organisation_id and c.id = d.challenge_id
  left join challenge_version v on v.organisation_id = d.organisation_id
    and v.challenge_id = c.id and v.version = c.version
  join member reporter on reporter.organisation_id = d.organisation_id
    and reporter.id = d.reporter_id
  left join member resolver on resolver.organisation_id = d.organisation_id
    and resolver.id = d.resolved_by
  where d.organisation_id = $1`;

export async function find(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<DisputeRow | undefined> {
  return tx.one<DisputeRow>(`${SELECTED} and d.id = $2`, [organisationId, id]);
}

export interface DisputeFilter {
  status?: Dispute['status'] | undefined;
  challengeId?: string | undefined;
  /** Reported by this member. */
  reporterId: string | null;
  /** Of these reporters, or concerning this member; null where everything may be seen. */
  seenBy: { memberId: string; reporterIds: readonly string[] } | null;
  limit: number;
  cursor?: string | undefined;
}

/** Newest first. */
export async function list(
  tx: Tx,
  organisationId: string,
  { status, challengeId, reporterId, seenBy, limit, cursor }: DisputeFilter,
): Promise<DisputeRow[]> {
  return tx.rows<DisputeRow>(
    `${SELECTED} and ($2::text is null or d.status = $2)
       and ($3::uuid is null or d.challenge_id = $3) and ($4::uuid is null or d.reporter_id = $4)
       and ($5::uuid is null or $5 = any(d.concerned) or d.reporter_id = any($6))
       and ($7::uuid is null or d.id < $7)
     order by d.id desc limit $8`,
    [
      organisationId,
      status ?? null,
      challengeId ?? null,
      reporterId,
      seenBy?.memberId ?? null,
      seenBy?.reporterIds ?? [],
      cursor ?? null,
      limit,
    ],
  );
}

/** Answers an open one; false where somebody was quicker. */
export async function resolve(
  tx: Tx,
  organisationId: string,
  id: string,
  { outcome, answer }: Resolution,
  resolvedBy: string,
  now: Date,
): Promise<boolean> {
  const row = await tx.one(
    `update dispute set status = $3, answer = $4, resolved_by = $5, resolved_at = $6
     where organisation_id = $1 and id = $2 and status = 'open' returning id`,
    [organisationId, id, outcome, answer, resolvedBy, now],
  );
  return row !== undefined;
}

export interface OpenDispute {
  id: string;
  kind: Dispute['kind'];
  reporterId: string;
  createdAt: Date;
}

export async function openOf(
  tx: Tx,
  organisationId: string,
  challengeId: string,
): Promise<OpenDispute[]> {
  return tx.rows<OpenDispute>(
    `select id, kind, reporter_id as "reporterId", created_at as "createdAt" from dispute
     where organisation_id = $1 and challenge_id = $2 and status = 'open' order by id`,
    [organisationId, challengeId],
  );
}
