import { identityOf, type Activity } from '../activity/activity.js';
import type { Waiting } from './read.js';

/** What has been made of the items of a batch, in their order. */
export type Resolved = { activity: Activity } | { waiting: Waiting };

/**
 * What of a batch really has to wait: the last of each identity, unless a later item of the same
 * identity was not older by its version and is recorded instead.
 */
export function stillWaiting(items: readonly Resolved[]): Waiting[] {
  const last = new Map<string, Waiting>();
  for (const item of items) {
    const one = 'activity' in item ? item.activity : item.waiting;
    const identity = identityOf(one);
    const before = last.get(identity);
    if (before && isOlder(one.version, before.version)) continue;
    if ('waiting' in item) last.set(identity, item.waiting);
    else last.delete(identity);
  }
  return [...last.values()];
}

const isOlder = (version: number | null, than: number | null) =>
  version !== null && than !== null && version < than;
