import type { Tx } from '../platform/database.js';

export interface Bucket {
  /** Digest of what is counted. */
  subject: string;
  /** How long one try takes to leak away. */
  leakMs: number;
  /** How many tries it holds. */
  holds: number;
}

/** Puts a try into the bucket, in one statement; false when it is full. */
export async function pour(tx: Tx, bucket: Bucket, now: Date): Promise<boolean> {
  const rows = await tx.rows(
    `insert into throttle as t (subject, empty_at)
     values ($1, $2::timestamptz + $3::int * interval '1 ms')
     on conflict (subject) do update
       set empty_at = greatest(t.empty_at, $2) + $3::int * interval '1 ms'
       where greatest(t.empty_at, $2) <= $2::timestamptz + ($4::int - 1) * $3::int * interval '1 ms'
     returning 1`,
    [bucket.subject, now, bucket.leakMs, bucket.holds],
    'throttle.pour',
  );
  return rows.length === 1;
}

/** Takes a try out again. */
export async function takeBack(tx: Tx, { subject, leakMs }: Bucket): Promise<void> {
  await tx.rows(
    `update throttle set empty_at = empty_at - $2::int * interval '1 ms' where subject = $1`,
    [subject, leakMs],
  );
}

/** When there is room for one more. */
export async function roomAt(tx: Tx, { subject, leakMs, holds }: Bucket): Promise<Date> {
  const row = await tx.one<{ at: Date }>(
    `select empty_at - ($3::int - 1) * $2::int * interval '1 ms' as at
     from throttle where subject = $1`,
    [subject, leakMs, holds],
  );
  return row?.at ?? new Date(0);
}

/** Nobody waits for another who does the same. */
export async function sweepThrottles(tx: Tx, now: Date): Promise<void> {
  await tx.rows(
    `delete from throttle where subject in (
       select subject from throttle where empty_at < $1 for update skip locked)`,
    [now],
  );
}
