import { identityOf, type Activity } from '@palmares/shared/activity/activity';
import type { Arrival, Decision, Revision, Stored } from '@palmares/shared/intake/decide';
import type { Turn } from '../people/sequence.js';
import { copyValue } from '../platform/copy-text.js';
import type { Tx } from '../platform/database.js';
import { columns, selected, toActivity, type ActivityRow } from './activity-row.js';

const target = `activity (organisation_id, seq, recorded_at, import_id, revision,
  superseded_seq, content_hash, withheld, ${columns.map(([name]) => name).join(', ')})`;

const readers = columns.map(([, read]) => read);

/** The name of an activity inside its organisation. */
export type Identity = Pick<Activity, 'source' | 'externalId'>;

const namesOf = (identities: readonly Identity[]) => [
  identities.map(({ source }) => source),
  identities.map(({ externalId }) => externalId),
];

/** What a write is stamped with. */
export interface Stamp {
  now: Date;
  importId: string | null;
}

/** Appends revisions, all stamped with one `seq`. */
export async function append(
  tx: Tx,
  turn: Turn,
  revisions: readonly Revision[],
  { now, importId }: Stamp,
): Promise<void> {
  if (revisions.length === 0) return;
  const stamp = [turn.organisationId, turn.seq, now].map(copyValue).join('\t');
  let lines = '';
  for (const { activity, revision, superseded, hash, withheld, ...rest } of revisions) {
    const writer = rest.importId ?? importId;
    lines += stamp;
    for (const value of [writer, revision, superseded ? turn.seq : null, hash, withheld]) {
      lines += `\t${copyValue(value)}`;
    }
    for (const read of readers) lines += `\t${copyValue(read(activity))}`;
    lines += '\n';
  }
  await tx.copy(target, lines);
}

/**
 * Ends the time of revisions that new ones replace. Rows are looked up one by one by their key
 * (`offset 0` keeps it so), whatever the planner believes of a table that has just grown.
 */
export async function end(tx: Tx, turn: Turn, ended: Decision['ended']): Promise<void> {
  if (ended.length === 0) return;
  await tx.rows(
    `update activity set superseded_seq = $2 where ctid = any(array(
       select found.ctid from unnest($3::text[], $4::text[], $5::int[])
           as gone (source, external_id, revision)
         cross join lateral (select ctid from activity
           where organisation_id = $1 and source = gone.source
             and external_id = gone.external_id and revision = gone.revision
           offset 0) as found))`,
    [
      turn.organisationId,
      turn.seq,
      ended.map(({ source }) => source),
      ended.map(({ externalId }) => externalId),
      ended.map(({ revision }) => revision),
    ],
    'activity.end',
  );
}

type StoredRow = ActivityRow & {
  hash: string;
  revision: number;
  withheld: boolean;
  importId: string | null;
  lastRevision: number;
};

const current = `${selected}, content_hash as hash, revision, withheld,
  import_id as "importId",
  (select max(revision) from activity other
    where other.organisation_id = activity.organisation_id
      and other.source = activity.source and other.external_id = activity.external_id
  ) as "lastRevision"`;

function byIdentity(rows: readonly StoredRow[]): Map<string, Stored> {
  return new Map(
    rows.map(({ hash, revision, withheld, importId, lastRevision, ...row }) => {
      const activity = toActivity(row);
      const current = { activity, hash, revision };
      return [identityOf(activity), { current, withheld, importId, lastRevision }];
    }),
  );
}

/**
 * What is stored under some identities of one source. As JSON, for most of the time there is
 * nothing, and thirty columns are described before each nothing.
 */
export async function findStored(
  tx: Tx,
  organisationId: string,
  source: string,
  externalIds: readonly string[],
): Promise<Map<string, Stored>> {
  const rows = await tx.rows<{ row: StoredRow }>(
    `select to_json(found) as row from unnest($3::text[]) as wanted (external_id)
       cross join lateral (select ${current} from activity
         where organisation_id = $1 and source = $2
           and activity.external_id = wanted.external_id and superseded_seq is null
         offset 0) as found`,
    [organisationId, source, externalIds],
    'activity.stored',
  );
  return byIdentity(rows.map(({ row }) => row));
}

/** Hashes of every revision of some identities, by identity. */
export async function pastHashes(
  tx: Tx,
  organisationId: string,
  identities: readonly Identity[],
): Promise<Map<string, Set<string>>> {
  const rows = await tx.rows<Identity & { hash: string }>(
    `select found.* from unnest($2::text[], $3::text[]) as wanted (source, external_id)
       cross join lateral (
         select source, external_id as "externalId", content_hash as hash from activity
         where organisation_id = $1 and activity.source = wanted.source
           and activity.external_id = wanted.external_id
         offset 0) as found`,
    [organisationId, ...namesOf(identities)],
    'activity.past',
  );
  const found = new Map<string, Set<string>>();
  for (const row of rows) {
    const hashes = found.get(identityOf(row)) ?? new Set();
    found.set(identityOf(row), hashes.add(row.hash));
  }
  return found;
}

export interface RevisionRow extends ActivityRow {
  revision: number;
  seq: number;
  supersededSeq: number | null;
  withheld: boolean;
  recordedAt: Date;
}

/** Every revision of an identity, the oldest first. */
export async function revisions(
  tx: Tx,
  organisationId: string,
  { source, externalId }: { source: string; externalId: string },
): Promise<RevisionRow[]> {
  return tx.rows<RevisionRow>(
    `select ${selected}, revision, seq, superseded_seq as "supersededSeq", withheld,
       recorded_at as "recordedAt"
     from activity where organisation_id = $1 and source = $2 and external_id = $3
     order by revision limit 1000`,
    [organisationId, source, externalId],
  );
}

/** What an import wrote that still counts as it wrote it, or the first so many of it. */
export async function writtenBy(
  tx: Tx,
  organisationId: string,
  importId: string,
  limit: number,
): Promise<Map<string, Stored>> {
  const rows = await tx.rows<StoredRow>(
    `select ${current} from activity
     where organisation_id = $1 and import_id = $2 and superseded_seq is null
     limit $3`,
    [organisationId, importId, limit],
  );
  return byIdentity(rows);
}

/** The import that wrote the current revision of an identity, if one did. */
export async function importOf(
  tx: Tx,
  organisationId: string,
  { source, externalId }: { source: string; externalId: string },
): Promise<string | null> {
  const row = await tx.one<{ importId: string | null }>(
    `select import_id as "importId" from activity
     where organisation_id = $1 and source = $2 and external_id = $3 and superseded_seq is null`,
    [organisationId, source, externalId],
  );
  return row?.importId ?? null;
}

/**
 * By identity: the last revision that once was current and that neither this import nor an undone
 * one wrote.
 */
export async function beforeImport(
  tx: Tx,
  organisationId: string,
  identities: readonly Identity[],
  importId: string,
): Promise<Map<string, Arrival & { importId: string | null }>> {
  const rows = await tx.rows<ActivityRow & { hash: string; importId: string | null }>(
    `select found.* from unnest($2::text[], $3::text[]) as wanted (source, external_id)
       cross join lateral (
         select ${selected}, content_hash as hash, import_id as "importId" from activity
         where organisation_id = $1 and activity.source = wanted.source
           and activity.external_id = wanted.external_id
           and import_id is distinct from $4 and superseded_seq > seq
           and not exists (select from undone_import undone
             where undone.organisation_id = $1 and undone.import_id = activity.import_id)
         order by revision desc limit 1) as found`,
    [organisationId, ...namesOf(identities), importId],
  );
  return new Map(
    rows.map(({ hash, importId: writer, ...row }) => {
      const activity = toActivity(row);
      return [identityOf(activity), { activity, hash, importId: writer }];
    }),
  );
}

/** Notes that an import is undone: what it wrote is never restored. */
export async function markUndone(tx: Tx, turn: Turn, importId: string, now: Date): Promise<void> {
  await tx.rows(
    `insert into undone_import (organisation_id, import_id, undone_at) values ($1, $2, $3)
     on conflict do nothing`,
    [turn.organisationId, importId, now],
  );
}

/** Notes that sources have been heard of. */
export async function hear(
  tx: Tx,
  organisationId: string,
  sources: ReadonlyMap<string, string>,
  now: Date,
): Promise<void> {
  const list = [...sources].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await tx.rows(
    `insert into freshness (organisation_id, source, occurred_on, heard_at)
     select $1, source, occurred_on, $4 from unnest($2::text[], $3::date[])
       as heard (source, occurred_on)
     on conflict (organisation_id, source) do update set heard_at = excluded.heard_at,
       occurred_on = greatest(freshness.occurred_on, excluded.occurred_on)`,
    [organisationId, list.map(([source]) => source), list.map(([, day]) => day), now],
    'freshness.hear',
  );
}

export interface Freshness {
  source: string;
  heardAt: Date;
  occurredOn: string;
}

export async function freshness(tx: Tx, organisationId: string): Promise<Freshness[]> {
  return tx.rows<Freshness>(
    `select source, heard_at as "heardAt", occurred_on as "occurredOn" from freshness
     where organisation_id = $1 order by source`,
    [organisationId],
  );
}
