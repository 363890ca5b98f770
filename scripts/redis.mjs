// The Redis over which two servers are tried: found, or fetched where that is ours to do.
import { search } from './chromium.mjs';
import { obtain } from './debian.mjs';
import { say } from './process.mjs';

/** Says so where there is none: what needs it is left out then. */
export async function wantRedis() {
  if (search(['redis-server']) || (await obtain('redis-server'))) return;
  say('There is no redis-server here: servers are tried over NOTIFY alone.');
}
