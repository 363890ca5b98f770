import type { Scope } from '@palmares/shared/auth/scope';
import type { MappingKind } from '@palmares/shared/import/field';
import type { ImportColumn, ImportUndo } from '@palmares/shared/import/import';
import type { Mapping } from '@palmares/shared/import/mapping';
import type { Tx } from '../platform/database.js';
import type { Counts } from './import.store.js';

/** An import that this process is at, as it was when it was taken. */
export interface Leased {
  organisationId: string;
  id: string;
  /** Who has it: see `claim`. */
  owner: string;
  status: 'running' | 'undoing';
  kind: MappingKind;
  mapping: Mapping;
  columns: ImportColumn[];
  rows: number;
  /** Who let it be recorded: an import without a signer records nothing. */
  signedBy: string | null;
  signedScopes: Scope[] | null;
}

const counted = [
  'skipped',
  'recorded',
  'revised',
  'unchanged',
  'stale',
  'waiting',
  'refused',
] as const;

const LEASE = `interval '10 seconds'`;
/** The clocks of processes differ: the database's is the one. */
const EXPIRY = `clock_timestamp() + ${LEASE}`;
const FREE = '(leased_until is null or leased_until < clock_timestamp())';

/** Another process has it now: what this one was about to write is not written. */
export class LostLease extends Error {}

/**
 * Takes the oldest import that waits for somebody: that nobody is at, or whoever was has not been
 * heard of. Those of one organisation come one after the other.
 */
export async function claim(tx: Tx, owner: string): Promise<Leased | undefined> {
  return take(
    tx,
    owner,
    `status in ('queued', 'running', 'undoing') and ${FREE}
       and not exists (select from import other
         where other.organisation_id = import.organisation_id and other.id <> import.id
           and other.finished_at is null and other.status in ('running', 'undoing')
           and other.leased_until >= clock_timestamp())`,
  );
}

/** The same for one import. */
export async function claimOne(
  tx: Tx,
  owner: string,
  organisationId: string,
  id: string,
): Promise<Leased | undefined> {
  const one = `organisation_id = $2 and id = $3
    and status in ('queued', 'running', 'undoing') and ${FREE}`;
  return take(tx, owner, one, [organisationId, id]);
}

async function take(tx: Tx, owner: string, which: string, values: string[] = []) {
  const row = await tx.one<Omit<Leased, 'owner'>>(
    `update import set leased_by = $1, leased_until = ${EXPIRY},
       status = case status when 'queued' then 'running' else status end
     where (organisation_id, id) = (select organisation_id, id from import
       where finished_at is null and ${which}
       order by created_at, id limit 1 for update skip locked)
     returning organisation_id as "organisationId", id, status, kind, mapping, columns, rows,
       signed_by as "signedBy", signed_scopes as "signedScopes"`,
    [owner, ...values],
  );
  return row && { ...row, owner };
}

/** Says that its owner is alive; false when it has another one. */
export async function beat(tx: Tx, { organisationId, id, owner }: Leased): Promise<boolean> {
  const rows = await tx.rows(
    `update import set leased_until = ${EXPIRY}
     where organisation_id = $1 and id = $2 and leased_by = $3 returning id`,
    [organisationId, id, owner],
  );
  return rows.length > 0;
}

/** Lets go of it, for any other process to go on at once. */
export async function release(tx: Tx, { organisationId, id, owner }: Leased): Promise<void> {
  await tx.rows(
    `update import set leased_by = null, leased_until = null
     where organisation_id = $1 and id = $2 and leased_by = $3`,
    [organisationId, id, owner],
  );
}

/**
 * Notes in the transaction that records some rows that they are recorded: from `before` to `after`.
 * Answers how many refusals there were; undefined when a transaction whose answer was lost had
 * noted it already.
 * @throws LostLease when another process is at it, or these rows are not next
 */
export async function advance(
  tx: Tx,
  { organisationId, id, owner }: Leased,
  before: number,
  after: number,
  counts: Counts,
): Promise<number | undefined> {
  const row = await tx.one<{ refused: number }>(
    `update import set rows = $5, skipped = skipped + $6, recorded = recorded + $7,
       revised = revised + $8, unchanged = unchanged + $9, stale = stale + $10,
       waiting = waiting + $11, refused = refused + $12, leased_until = ${EXPIRY}
     where organisation_id = $1 and id = $2 and leased_by = $3 and rows = $4
     returning refused - $12 as refused`,
    [organisationId, id, owner, before, after, ...counted.map((name) => counts[name])],
    'import.advance',
  );
  if (row) return row.refused;
  const done = await tx.one(
    `select from import
     where organisation_id = $1 and id = $2 and leased_by = $3 and rows = $4`,
    [organisationId, id, owner, after],
  );
  if (done) return undefined;
  throw new LostLease();
}

/** It is over, for better or worse; its rows are not needed any more unless it may be retried. */
export async function finish(
  tx: Tx,
  { organisationId, id, owner }: Leased,
  now: Date,
  outcome: { status: 'done' | 'undone' } | { status: 'failed'; code: string; detail: string },
): Promise<void> {
  const error =
    'code' in outcome ? JSON.stringify({ code: outcome.code, detail: outcome.detail }) : null;
  const rows = await tx.rows(
    `update import set status = $4, error = $5, finished_at = $6, leased_by = null,
       leased_until = null
     where organisation_id = $1 and id = $2 and leased_by = $3 returning id`,
    [organisationId, id, owner, outcome.status, error, now],
  );
  if (rows.length === 0) throw new LostLease();
  if (outcome.status === 'failed') return;
  await tx.rows('delete from import_chunk where organisation_id = $1 and import_id = $2', [
    organisationId,
    id,
  ]);
}

/** Notes in the transaction that takes some of it back how much that was. */
export async function addUndone(
  tx: Tx,
  { organisationId, id, owner }: Leased,
  undone: Pick<ImportUndo, 'voided' | 'restored'>,
): Promise<void> {
  const rows = await tx.rows(
    `update import set leased_until = ${EXPIRY}, undo = undo || jsonb_build_object(
       'voided', (undo ->> 'voided')::int + $4::int,
       'restored', (undo ->> 'restored')::int + $5::int)
     where organisation_id = $1 and id = $2 and leased_by = $3 returning id`,
    [organisationId, id, owner, undone.voided, undone.restored],
  );
  if (rows.length === 0) throw new LostLease();
}

/** What an undo that begins will leave, and that it has taken back nothing yet. */
export async function beginUndo(
  tx: Tx,
  organisationId: string,
  id: string,
  found: ImportUndo,
): Promise<void> {
  await tx.rows('update import set undo = $3 where organisation_id = $1 and id = $2', [
    organisationId,
    id,
    JSON.stringify({ ...found, voided: 0, restored: 0 }),
  ]);
}
