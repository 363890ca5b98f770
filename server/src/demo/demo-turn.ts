import type { Database } from '../platform/database.js';

/** Any number, the same in every process: who has this lock of the database makes the demo. */
const LOCK = 5_070_626;
const LOOK_MS = 500;

/**
 * Does some work alone among all processes of a database. Whoever has to wait looks on; when the
 * one before ends, or dies, it is the next one’s turn.
 * @param wait called now and then until it is one’s turn; false gives up
 */
export async function alone<Result>(
  database: Database,
  work: () => Promise<Result>,
  wait: () => Promise<boolean> = async () => true,
): Promise<Result | undefined> {
  // A connection of its own: the lock goes with it, whatever becomes of us.
  const client = database.connection();
  client.on('error', () => {});
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<{ mine: boolean }>(
        `select pg_try_advisory_lock(${LOCK}) as mine`,
      );
      if (rows[0]?.mine) return await work();
      if (!(await wait())) return undefined;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  } finally {
    await client.end().catch(() => {});
  }
}
