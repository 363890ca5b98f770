import { setImmediate as immediately } from 'node:timers/promises';

/** Work that takes less is not worth a turn of the event loop. */
const LONG_MS = 4;

let last = 0;

/**
 * Lets sockets be read and written in the middle of long work: what the database has answered is
 * heard, and what it still has to get goes out, so that it works while we do.
 */
export async function breathe(): Promise<void> {
  if (performance.now() - last < LONG_MS) return;
  await immediately();
  last = performance.now();
}
