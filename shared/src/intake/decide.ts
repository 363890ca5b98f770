import { identityOf, type Activity } from '../activity/activity.js';
import type { Outcome } from './receipt.js';

/** An activity that has arrived, with the hash of its content. */
export interface Arrival {
  activity: Activity;
  hash: string;
}

/** What is stored under an identity. */
export interface Stored {
  /** The last revision that is not stale. */
  current: Arrival & { revision: number };
  /** A person's verdict keeps it, and every revision to come, from counting. */
  withheld: boolean;
  /** The import that wrote it, if one did. */
  importId?: string | null;
  /** The number of the last revision, which a stale one may have taken. */
  lastRevision: number;
  /** Hashes of revisions before the current one; given where an arrival is older than it. */
  past?: ReadonlySet<string>;
}

/** A revision to append. */
export interface Revision extends Arrival {
  revision: number;
  /** Replaced by a later one of the same batch, or stale: it never counts. */
  superseded: boolean;
  withheld: boolean;
  /** The import that wrote it first, where an undo brings it back. */
  importId?: string | null;
}

/** What an identity was before a batch and is after it; null where it does not count. */
export interface Transition {
  before: Activity | null;
  after: Activity | null;
}

export interface Decision {
  /** One for each arrival, in order. */
  outcomes: Outcome[];
  appended: Revision[];
  /** Stored revisions that stop being current. */
  ended: { source: string; externalId: string; revision: number }[];
  transitions: Transition[];
}

interface Known {
  stored: Stored | undefined;
  current: (Arrival & { revision: number }) | undefined;
  /** The appended revision that is current, when one of this batch is. */
  fresh: Revision | undefined;
  past: Set<string>;
  lastRevision: number;
}

/** True when the source itself says that the arrival is older than what is known. */
export const isStale = (arrival: Activity, current: Activity) =>
  arrival.version !== null && current.version !== null && arrival.version < current.version;

/** What counts of an activity: nothing where it is void, or withheld by a verdict. */
export function counted(activity: Activity, withheld: boolean): Activity | null {
  return withheld || activity.void ? null : activity;
}

/**
 * Decides a batch: what is new, what revises, what is known, what comes too late. Pure; items are
 * taken in order, so that the last of the same identity wins unless versions say otherwise.
 * @param stored by identity
 */
export function decide(
  arrivals: readonly Arrival[],
  stored: ReadonlyMap<string, Stored>,
): Decision {
  const decision: Decision = { outcomes: [], appended: [], ended: [], transitions: [] };
  const known = new Map<string, Known>();
  for (const arrival of arrivals) {
    const identity = identityOf(arrival.activity);
    let entry = known.get(identity);
    if (!entry) known.set(identity, (entry = enter(stored.get(identity))));
    decision.outcomes.push(take(entry, arrival, decision));
  }
  for (const entry of known.values()) conclude(entry, decision);
  return decision;
}

function enter(stored: Stored | undefined): Known {
  return {
    stored,
    current: stored?.current,
    fresh: undefined,
    past: new Set(stored?.past),
    lastRevision: stored?.lastRevision ?? 0,
  };
}

function take(entry: Known, arrival: Arrival, decision: Decision): Outcome {
  const { current, past } = entry;
  if (current?.hash === arrival.hash) return 'unchanged';
  const stale = current !== undefined && isStale(arrival.activity, current.activity);
  if (stale && past.has(arrival.hash)) return 'stale';
  entry.lastRevision += 1;
  const revision: Revision = {
    ...arrival,
    revision: entry.lastRevision,
    superseded: stale,
    withheld: entry.stored?.withheld ?? false,
  };
  decision.appended.push(revision);
  if (stale) {
    past.add(arrival.hash);
    return 'stale';
  }
  if (current) past.add(current.hash);
  if (entry.fresh) entry.fresh.superseded = true;
  entry.fresh = revision;
  entry.current = revision;
  return current ? 'revised' : 'recorded';
}

function conclude({ stored, fresh }: Known, decision: Decision): void {
  if (!fresh) return;
  const before = stored?.current;
  if (before) {
    const { source, externalId } = before.activity;
    decision.ended.push({ source, externalId, revision: before.revision });
  }
  const withheld = stored?.withheld ?? false;
  decision.transitions.push({
    before: before ? counted(before.activity, withheld) : null,
    after: counted(fresh.activity, withheld),
  });
}
