import type { AuditAction } from '@palmares/shared/audit/audit';
import type { Tx } from '../platform/database.js';

export interface AuditRow {
  id: string;
  at: Date;
  actor: string;
  behalf: string | null;
  action: AuditAction;
  subject: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  address: string | null;
  requestId: string | null;
}

export async function insert(tx: Tx, organisationId: string, row: AuditRow): Promise<void> {
  await tx.rows(
    `insert into audit_entry (organisation_id, id, at, actor, behalf, action, subject, before,
       after, address, request_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      organisationId,
      row.id,
      row.at,
      row.actor,
      row.behalf,
      row.action,
      row.subject,
      row.before && JSON.stringify(row.before),
      row.after && JSON.stringify(row.after),
      row.address,
      row.requestId,
    ],
    'audit.insert',
  );
}

export interface AuditFilter {
  actor?: string | undefined;
  subject?: string | undefined;
  action?: AuditAction | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Newest first; with the name of a member or a key that acted. */
export async function list(
  tx: Tx,
  organisationId: string,
  { actor, subject, action, from, to, cursor, limit }: AuditFilter,
): Promise<(AuditRow & { name: string | null })[]> {
  return tx.rows<AuditRow & { name: string | null }>(
    `select entry.id, at, actor, behalf, action, subject, before, after, address,
       request_id as "requestId", coalesce(member.name, api_key.name) as name
     from audit_entry entry
     left join member on member.organisation_id = $1 and entry.actor = 'member:' || member.id
     left join api_key on api_key.organisation_id = $1 and entry.actor = 'key:' || api_key.id
     where entry.organisation_id = $1 and ($2::text is null or actor = $2)
       and ($3::text is null or subject = $3) and ($4::text is null or action = $4)
       and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
       and ($7::uuid is null or entry.id < $7)
     order by entry.id desc limit $8`,
    [organisationId, actor, subject, action, from, to, cursor, limit].map((one) => one ?? null),
  );
}

/** What teams of the organisation are called, of these ids. */
export async function teamNames(
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  return tx.rows<{ id: string; name: string }>(
    'select id, name from team where organisation_id = $1 and id = any($2::uuid[])',
    [organisationId, ids],
  );
}
