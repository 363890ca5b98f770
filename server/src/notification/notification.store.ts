import type { Notice } from '@palmares/shared/notification/notification';
import type { Sending, Settled } from '../live/notices.js';
import type { Tx } from '../platform/database.js';

export interface NotificationRow {
  id: string;
  memberId: string;
  about: Notice;
  createdAt: Date;
  readAt: Date | null;
}

const columns = `id, member_id as "memberId", about, created_at as "createdAt",
  read_at as "readAt"`;

/** Answers to how many members it was new. */
export async function insert(
  tx: Tx,
  organisationId: string,
  { memberIds, key, about }: Sending,
  { ids, sendingId, now }: { ids: readonly string[]; sendingId: string; now: Date },
): Promise<number> {
  const row = await tx.one<{ count: number }>(
    `with added as (
       insert into notification
         (organisation_id, id, member_id, key, about, sending_id, created_at)
       select $1, id, member_id, $4, $5, $6, $7
       from unnest($2::uuid[], $3::uuid[]) as one (id, member_id)
       on conflict (organisation_id, member_id, key) do nothing
       returning 1
     )
     select count(*)::int as count from added`,
    [organisationId, ids, memberIds, key, JSON.stringify(about), sendingId, now],
  );
  return row?.count ?? 0;
}

/** Newest first, with how many are unread at all. */
export async function list(
  tx: Tx,
  organisationId: string,
  memberId: string,
  { unread, cursor, limit }: { unread: boolean; cursor?: string | undefined; limit: number },
): Promise<NotificationRow[]> {
  return tx.rows<NotificationRow>(
    `select ${columns} from notification
     where organisation_id = $1 and member_id = $2 and ($3::uuid is null or id < $3)
       and (not $4::boolean or read_at is null)
     order by id desc limit $5`,
    [organisationId, memberId, cursor ?? null, unread, limit],
  );
}

export async function countUnread(
  tx: Tx,
  organisationId: string,
  memberId: string,
): Promise<number> {
  const row = await tx.one<{ count: number }>(
    `select count(*)::int as count from notification
     where organisation_id = $1 and member_id = $2 and read_at is null`,
    [organisationId, memberId],
  );
  return row?.count ?? 0;
}

/** Marks as read, the first time; false where the member has no such notification. */
export async function read(
  tx: Tx,
  organisationId: string,
  memberId: string,
  id: string,
  now: Date,
): Promise<boolean> {
  const row = await tx.one(
    `update notification set read_at = coalesce(read_at, $4)
     where organisation_id = $1 and member_id = $2 and id = $3 returning id`,
    [organisationId, memberId, id, now],
  );
  return row !== undefined;
}

/** Marks as read what a member was told under keys that begin so. */
export async function readUnder(
  tx: Tx,
  organisationId: string,
  { memberId, under }: Settled,
  now: Date,
): Promise<void> {
  await tx.rows(
    `update notification set read_at = $4
     where organisation_id = $1 and member_id = $2 and read_at is null
       and exists (select from unnest($3::text[]) one where starts_with(key, one))`,
    [organisationId, memberId, under, now],
  );
}

/** What these members were sent at once, or since some moment. */
export async function sent(
  tx: Tx,
  organisationId: string,
  memberIds: readonly string[],
  { sendingId, since }: { sendingId?: string; since?: Date },
): Promise<NotificationRow[]> {
  return tx.rows<NotificationRow>(
    `select ${columns} from notification
     where organisation_id = $1 and member_id = any($2)
       and ($3::uuid is null or sending_id = $3)
       and ($4::timestamptz is null or created_at >= $4)
     order by id limit 10000`,
    [organisationId, memberIds, sendingId ?? null, since ?? null],
  );
}
