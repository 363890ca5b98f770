import type { Activity } from '@palmares/shared/activity/activity';
import { identityOf } from '@palmares/shared/activity/activity';
import type { Current, Revision } from '@palmares/shared/intake/settle';
import type { Tx } from '../platform/database.js';

/** Column, its type, and the field of an activity that it keeps. */
const columns = [
  ['source', 'text', 'source'],
  ['external_id', 'text', 'externalId'],
  ['item', 'text', 'item'],
  ['type', 'text', 'type'],
  ['member_id', 'uuid', 'memberId'],
  ['occurred_on', 'date', 'occurredOn'],
  ['occurred_at', 'timestamptz', 'occurredAt'],
  ['opened_on', 'date', 'openedOn'],
  ['opened_at', 'timestamptz', 'openedAt'],
  ['amount', 'bigint', 'amount'],
  ['currency', 'text', 'currency'],
  ['quantity', 'bigint', 'quantity'],
  ['product', 'text', 'product'],
  ['customer', 'text', 'customer'],
  ['channel', 'text', 'channel'],
  ['campaign', 'text', 'campaign'],
  ['site', 'text', 'site'],
  ['region', 'text', 'region'],
  ['segment', 'text', 'segment'],
] as const satisfies readonly (readonly [string, string, keyof Activity])[];

const FIRST = 4;
const names = columns.map(([name]) => name).join(', ');
const insert = `insert into activity (organisation_id, seq, recorded_at, revision,
    superseded_seq, content_hash, attributes, ${names})
  select $1, $2, $3, * from unnest($${FIRST}::int[], $${FIRST + 1}::bigint[],
    $${FIRST + 2}::uuid[], $${FIRST + 3}::jsonb[],
    ${columns.map(([, type], index) => `$${FIRST + 4 + index}::${type}[]`).join(', ')})`;

/** Appends revisions, all stamped with one `seq`. */
export async function append(
  tx: Tx,
  turn: { organisationId: string; seq: number },
  revisions: readonly Revision[],
  now: Date,
): Promise<void> {
  if (revisions.length === 0) return;
  const values = columns.map(([, , field]) => revisions.map(({ activity }) => activity[field]));
  await tx.rows(
    insert,
    [
      turn.organisationId,
      turn.seq,
      now,
      revisions.map(({ revision }) => revision),
      revisions.map(({ superseded }) => (superseded ? turn.seq : null)),
      revisions.map(({ hash }) => hash),
      revisions.map(({ activity }) => activity.attributes && JSON.stringify(activity.attributes)),
      ...values,
    ],
    'activity.append',
  );
}

/** Ends the time of revisions that new ones replace. */
export async function supersede(
  tx: Tx,
  turn: { organisationId: string; seq: number },
  replaced: readonly Current[],
): Promise<void> {
  if (replaced.length === 0) return;
  await tx.rows(
    `update activity set superseded_seq = $2
     from unnest($3::text[], $4::text[], $5::int[]) as gone (source, external_id, revision)
     where activity.organisation_id = $1 and activity.source = gone.source
       and activity.external_id = gone.external_id and activity.revision = gone.revision`,
    [
      turn.organisationId,
      turn.seq,
      replaced.map(({ activity }) => activity.source),
      replaced.map(({ activity }) => activity.externalId),
      replaced.map(({ revision }) => revision),
    ],
    'activity.supersede',
  );
}

type CurrentRow = Omit<Activity, 'occurredAt' | 'openedAt'> & {
  hash: string;
  revision: number;
  occurredAt: Date | null;
  openedAt: Date | null;
};

const fields = columns.map(([name, , field]) => `${name} as "${field}"`).join(', ');

/** The current revisions of some identities of one source. */
export async function findCurrent(
  tx: Tx,
  organisationId: string,
  source: string,
  externalIds: readonly string[],
): Promise<Map<string, Current>> {
  const rows = await tx.rows<CurrentRow>(
    `select ${fields}, attributes, content_hash as hash, revision from activity
     where organisation_id = $1 and source = $2 and external_id = any($3)
       and superseded_seq is null`,
    [organisationId, source, externalIds],
    'activity.current',
  );
  return new Map(
    rows.map(({ hash, revision, occurredAt, openedAt, ...rest }) => {
      const activity: Activity = {
        ...rest,
        occurredAt: occurredAt?.toISOString() ?? null,
        openedAt: openedAt?.toISOString() ?? null,
      };
      return [identityOf(activity), { activity, hash, revision }];
    }),
  );
}
