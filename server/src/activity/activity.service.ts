import { Injectable } from '@nestjs/common';
import { identityOf, type Activity } from '@palmares/shared/activity/activity';
import { isStale, type Arrival, type Decision, type Stored } from '@palmares/shared/intake/decide';
import type { ImportUndo } from '@palmares/shared/import/import';
import type { Waiting } from '@palmares/shared/intake/read';
import type { Neighbours, Settled, Touched } from '@palmares/shared/intake/settle';
import { ProblemError } from '../http/problem-error.js';
import type { Turn } from '../people/sequence.js';
import { Database, type Tx } from '../platform/database.js';
import * as store from './activity.store.js';
import type { Freshness, Identity, Stamp } from './activity.store.js';
import { EdgeMemory } from './edge-memory.js';
import { countUndoable } from './undo.store.js';
import { findNeighbours } from './neighbour.store.js';
import { revisionView } from './revision-view.js';
import { give, heldByAdmin, type VerdictRow } from './verdict.store.js';
import * as waiting from './waiting.store.js';
import type { ReleasedItem } from './waiting.store.js';

export type { Freshness, Stamp } from './activity.store.js';
export type { ReleasedItem } from './waiting.store.js';

@Injectable()
export class ActivityService {
  private readonly edges = new EdgeMemory();

  constructor(private readonly database: Database) {}

  /** What is stored under some identities. */
  async lookUp(
    tx: Tx,
    organisationId: string,
    identities: readonly Identity[],
  ): Promise<Map<string, Stored>> {
    const bySource = new Map<string, Set<string>>();
    for (const { source, externalId } of identities) {
      const ids = bySource.get(source) ?? new Set();
      bySource.set(source, ids.add(externalId));
    }
    const sources = [...bySource].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const found = await Promise.all(
      sources.map(([source, ids]) => store.findStored(tx, organisationId, source, [...ids])),
    );
    return new Map(found.flatMap((one) => [...one]));
  }

  /** The same for arrivals, with whether the older ones have been kept before. */
  async stored(
    tx: Tx,
    turn: Turn,
    arrivals: readonly Arrival[],
    found?: ReadonlyMap<string, Stored>,
  ): Promise<ReadonlyMap<string, Stored>> {
    const identities = arrivals.map(({ activity }) => activity);
    const stored = found ?? (await this.lookUp(tx, turn.organisationId, identities));
    await this.recall(tx, turn, arrivals, stored);
    return stored;
  }

  /** For arrivals that are older than what is known: whether they have been kept before. */
  private async recall(
    tx: Tx,
    turn: Turn,
    arrivals: readonly Arrival[],
    found: ReadonlyMap<string, Stored>,
  ): Promise<void> {
    const stale = new Map<string, Activity>();
    for (const { activity } of arrivals) {
      const identity = identityOf(activity);
      const current = found.get(identity)?.current.activity;
      if (current && isStale(activity, current)) stale.set(identity, activity);
    }
    if (stale.size === 0) return;
    const past = await store.pastHashes(tx, turn.organisationId, [...stale.values()]);
    for (const identity of stale.keys()) {
      const stored = found.get(identity);
      if (stored) stored.past = past.get(identity);
    }
  }

  /** Reads the activities that a batch must be looked at together with. */
  async neighbours(
    tx: Tx,
    turn: Turn,
    touched: ReadonlyMap<string, Touched>,
    identities: readonly Identity[],
  ): Promise<Neighbours> {
    const batch = {
      sources: identities.map(({ source }) => source),
      externalIds: identities.map(({ externalId }) => externalId),
    };
    const own = new Set(identities.map(identityOf));
    const found = new Map<string, Map<string, Activity[]>>();
    for (const [text, one] of touched) {
      const { known, unknown } = this.edges.recall(tx, turn, text, one, own);
      found.set(text, known);
      if (unknown.keys.size === 0) continue;
      const read = await findNeighbours(tx, turn.organisationId, unknown, batch);
      for (const key of unknown.keys.keys()) known.set(key, read.get(key) ?? []);
    }
    return (measure, key) => found.get(measure)?.get(key) ?? [];
  }

  /** What the keys of a batch look like after it, for the next turn. */
  remember(tx: Tx, turn: Turn, touched: ReadonlyMap<string, Touched>): Settled {
    return (measure, key, after) => {
      const one = touched.get(measure);
      if (one) this.edges.keep(tx, turn, measure, one, key, after);
    };
  }

  /** What is remembered is as good after a turn in which no activity changes. */
  follow(tx: Tx, turn: Turn): void {
    this.edges.follow(tx, turn);
  }

  /** Writes what was decided. */
  async write(tx: Tx, turn: Turn, decision: Decision, stamp: Stamp): Promise<void> {
    await Promise.all([
      store.append(tx, turn, decision.appended, stamp),
      store.end(tx, turn, decision.ended),
    ]);
  }

  /** What waits under these identities and is not newer by its version waits no more. */
  async overtake(tx: Tx, turn: Turn, arrived: readonly Activity[]): Promise<void> {
    if (turn.waiting > 0 && arrived.length > 0) await waiting.overtake(tx, turn, arrived);
  }

  async hear(tx: Tx, turn: Turn, arrivals: readonly Arrival[], now: Date): Promise<void> {
    const sources = new Map<string, string>();
    for (const { activity } of arrivals) {
      const { source, occurredOn } = activity;
      if ((sources.get(source) ?? '') < occurredOn) sources.set(source, occurredOn);
    }
    if (sources.size > 0) await store.hear(tx, turn.organisationId, sources, now);
  }

  async freshness(organisationId: string): Promise<Freshness[]> {
    return this.database.read((tx) => store.freshness(tx, organisationId));
  }

  async wait(tx: Tx, turn: Turn, items: readonly Waiting[], stamp: Stamp): Promise<void> {
    await waiting.wait(tx, turn, items, stamp);
  }

  async release(tx: Tx, turn: Turn, names: readonly string[]): Promise<ReleasedItem[]> {
    return turn.waiting === 0 ? [] : waiting.release(tx, turn, names);
  }

  /** An undone import leaves nothing waiting, and nothing of it is ever restored. */
  async forget(tx: Tx, turn: Turn, importId: string, now: Date): Promise<void> {
    await store.markUndone(tx, turn, importId, now);
    if (turn.waiting > 0) await waiting.forget(tx, turn, importId);
  }

  async find(
    tx: Tx,
    { organisationId }: Pick<Turn, 'organisationId'>,
    { source, externalId }: Identity,
  ): Promise<Stored | undefined> {
    const found = await store.findStored(tx, organisationId, source, [externalId]);
    return found.get(identityOf({ source, externalId }));
  }

  /** Every revision of an activity. Problems: `not-found`. */
  async revisions(tx: Tx, organisationId: string, identity: Identity) {
    const rows = await store.revisions(tx, organisationId, identity);
    if (rows.length === 0) throw new ProblemError('not-found');
    return rows.map(revisionView);
  }

  /** The import that wrote what is current under an identity, if one did. */
  async importOf(tx: Tx, turn: Turn, identity: Identity): Promise<string | null> {
    return store.importOf(tx, turn.organisationId, identity);
  }

  async judge(tx: Tx, turn: Turn, identity: Identity, verdict: VerdictRow, now: Date) {
    await give(tx, turn, identity, verdict, now);
  }

  /** Whether an admin gave the verdict that holds of an activity. */
  async isHeldByAdmin(tx: Tx, organisationId: string, identity: Identity): Promise<boolean> {
    return heldByAdmin(tx, organisationId, identity);
  }

  /** What an import wrote that is still current, and what each was before it. */
  async writtenBy(tx: Tx, turn: Turn, importId: string, limit: number) {
    const written = await store.writtenBy(tx, turn.organisationId, importId, limit);
    const { organisationId } = turn;
    const identities = [...written.values()].map(({ current }) => current.activity);
    const earlier = await store.beforeImport(tx, organisationId, identities, importId);
    return [...written].map(([identity, stored]) => ({ stored, earlier: earlier.get(identity) }));
  }

  /** How much of what an import wrote could be taken back, and how. */
  async undoable(organisationId: string, importId: string): Promise<ImportUndo> {
    return this.database.snapshot((tx) => countUndoable(tx, organisationId, importId));
  }
}
