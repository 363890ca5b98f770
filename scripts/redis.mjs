// Redis, for the tests of several server processes; one process does without.
import { search } from './chromium.mjs';
import { obtain } from './debian.mjs';

/** `{ path }` of a redis-server, or `{ reason }`. */
export async function findRedis({ install = true } = {}) {
  const names = ['redis-server', 'valkey-server'];
  let found = process.env.REDIS_SERVER_PATH ?? search(names);
  if (!found && install && (await obtain('redis-server'))) found = search(names);
  if (found) return { path: found };
  return { reason: 'There is no redis-server here. Install one or set REDIS_SERVER_PATH.' };
}
