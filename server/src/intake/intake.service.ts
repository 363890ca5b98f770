import { Injectable } from '@nestjs/common';
import { namesOf } from '@palmares/shared/activity/reference';
import { typesWith } from '@palmares/shared/activity/own-type';
import type { Arrival, Stored } from '@palmares/shared/intake/decide';
import { stillWaiting, type Resolved } from '@palmares/shared/intake/order';
import {
  isRefusal,
  readItem,
  resolveItem,
  type Accepted,
  type ReadingContext,
  type Waiting,
} from '@palmares/shared/intake/read';
import { receiptOf, type Outcome, type Receipt } from '@palmares/shared/intake/receipt';
import type { Refusal } from '@palmares/shared/problem/refusal';
import { localDay } from '@palmares/shared/time/day';
import { ActivityService, type Stamp } from '../activity/activity.service.js';
import { ProblemError, tooLarge } from '../http/problem-error.js';
import type { Directory } from '../people/directory.js';
import { PeopleService, type MemberRow } from '../people/people.service.js';
import type { Turn } from '../people/sequence.js';
import { Clock } from '../platform/clock.js';
import { breathe } from '../platform/breathe.js';
import { Database, type Tx } from '../platform/database.js';
import { IntakeQueue } from './intake.queue.js';
import { arrivalOf, SettlementService } from './settlement.service.js';

export interface Batch {
  mode: 'partial' | 'atomic';
  activities: readonly unknown[];
  /** The import that it belongs to. */
  importId?: string;
  /** Called at the end of the transaction that records it, which may be done twice. */
  onRecorded?: RecordedHook;
}

type RecordedHook = (tx: Tx, receipt: Receipt) => Promise<void>;

const READ_AT_ONCE = 200;

/** A batch whose items have been read, each by itself. */
interface ReadBatch {
  mode: Batch['mode'];
  dayOf: ReadingContext['dayOf'];
  importId: string | null;
  onRecorded: RecordedHook | undefined;
  accepted: Accepted[];
  refused: Refusal[];
  /** What was made of it before its turn: good if people have not changed meanwhile. */
  prepared: PreparedBatch | undefined;
}

/** What has been made of an item, with the hash of an activity's content. */
type Prepared = { arrival: Arrival } | { waiting: Waiting };

interface PreparedBatch {
  directory: Directory;
  items: Prepared[];
  refused: Refusal[];
}

@Injectable()
export class IntakeService {
  private readonly queues = new Map<string, IntakeQueue<ReadBatch, Receipt>>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly activities: ActivityService,
    private readonly settlement: SettlementService,
  ) {
    people.onMembersSaved((tx, turn, members) => this.release(tx, turn, members));
  }

  /**
   * Records a batch and everything that follows from it, or says of each item why not.
   * Problems: `not-found`, `batch-refused` (atomic), `too-many-requests`, `total-too-large`.
   */
  async record(organisationId: string, batch: Batch): Promise<Receipt> {
    const read = await this.read(organisationId, batch);
    if (batch.mode === 'atomic') refuseBatch(read.refused);
    const receipt = await this.queueOf(organisationId).push(read, batch.activities.length);
    if (batch.mode === 'atomic') refuseBatch(receipt.refused);
    return receipt;
  }

  /** What would become of activities as things are now; nothing is written, and nobody waits. */
  async tryOut(
    organisationId: string,
    activities: readonly unknown[],
  ): Promise<{ refused: Refusal[]; waiting: number }> {
    const read = await this.read(organisationId, { mode: 'partial', activities });
    const directory = await this.database.read((tx) =>
      this.people.changedDirectory(tx, { organisationId, seq: 0 }),
    );
    const { items, refused } = await prepare(read, directory);
    return { refused, waiting: items.filter((item) => !('arrival' in item)).length };
  }

  private async read(organisationId: string, batch: Batch): Promise<ReadBatch> {
    const context = await this.context(organisationId);
    const { dayOf } = context;
    const importId = batch.importId ?? null;
    const { mode, onRecorded } = batch;
    const accepted: Accepted[] = [];
    const refused: Refusal[] = [];
    for (const [index, raw] of batch.activities.entries()) {
      const item = readItem(raw, index, context);
      if (isRefusal(item)) refused.push(item);
      else accepted.push(item);
      // Another batch may be on its way to the database meanwhile.
      if (index % READ_AT_ONCE === READ_AT_ONCE - 1) await breathe();
    }
    const prepared = undefined;
    const read: ReadBatch = { mode, dayOf, importId, onRecorded, accepted, refused, prepared };
    const directory = this.people.lastDirectory(organisationId);
    if (directory) read.prepared = await prepare(read, directory);
    return read;
  }

  private queueOf(organisationId: string): IntakeQueue<ReadBatch, Receipt> {
    const known = this.queues.get(organisationId);
    if (known) return known;
    // An import is stamped with its id, so that it does not share its transaction.
    const alone = (batch: ReadBatch) => batch.importId !== null;
    const queue = new IntakeQueue<ReadBatch, Receipt>(
      (batches) => this.recordTogether(organisationId, batches).catch(tooLarge),
      alone,
    );
    this.queues.set(organisationId, queue);
    return queue;
  }

  private async recordTogether(organisationId: string, batches: readonly ReadBatch[]) {
    // Activities are known by their identity: recording them twice records them once.
    return this.database.repeatable(async (tx) => {
      const taken = this.people.turn(tx, organisationId);
      // Read in the turn, without waiting for it to be answered.
      const inputs = batches.flatMap(({ accepted }) => accepted.map(({ input }) => input));
      const found = this.activities.lookUp(tx, organisationId, inputs);
      tx.meanwhile(found);
      const turn = await taken;
      const stamp = { now: this.clock.now(), importId: batches[0]?.importId ?? null };
      const directory = await this.people.directory(tx, turn);
      const prepared: PreparedBatch[] = [];
      for (const batch of batches) {
        const early = batch.prepared?.directory === directory ? batch.prepared : undefined;
        prepared.push(early ?? (await prepare(batch, directory)));
      }
      const items = prepared.flatMap((batch) => batch.items);
      const outcomes = await this.settle(tx, turn, items, stamp, await found);
      const receipts = prepared.map((batch) =>
        receiptOf(outcomes.splice(0, batch.items.length), batch.refused),
      );
      for (const [at, receipt] of receipts.entries()) {
        const hook = batches[at]?.onRecorded;
        if (hook) await hook(tx, receipt);
      }
      return receipts;
    });
  }

  /** Records what can be recorded and lets the rest wait; one outcome each, in order. */
  private async settle(
    tx: Tx,
    turn: Turn,
    items: readonly Prepared[],
    stamp: Stamp,
    found?: ReadonlyMap<string, Stored>,
  ): Promise<Outcome[]> {
    const arrivals = items.flatMap((item) => ('arrival' in item ? [item.arrival] : []));
    const recorded = await this.settlement.record(tx, turn, arrivals, stamp, found);
    if (arrivals.length < items.length) {
      const resolved = items.map((item): Resolved => ('arrival' in item ? item.arrival : item));
      await this.activities.wait(tx, turn, stillWaiting(resolved), stamp);
    }
    let next = 0;
    return items.map((item) => ('arrival' in item ? recorded[next++] : undefined) ?? 'waiting');
  }

  /** Records what waited for these members, in the turn that made them known. */
  private async release(tx: Tx, turn: Turn, members: readonly MemberRow[]): Promise<void> {
    if (members.length === 0) return;
    const names = members.flatMap((member) => namesOf(member));
    const released = await this.activities.release(tx, turn, names);
    if (released.length === 0) return;
    const context = await this.context(turn.organisationId, tx);
    const directory = await this.people.changedDirectory(tx, turn);
    for (const importId of new Set(released.map((item) => item.importId))) {
      const items = released
        .filter((item) => item.importId === importId)
        .map((item) => readItem(item.raw, 0, context))
        .flatMap((item) => (isRefusal(item) ? [] : item))
        .map((item) => resolveItem(item, (one) => directory.find(one), context.dayOf))
        .flatMap((item) => ('refusal' in item ? [] : [preparedOf(item)]));
      await this.settle(tx, turn, items, { now: this.clock.now(), importId });
    }
  }

  private async context(organisationId: string, tx?: Tx): Promise<ReadingContext> {
    const { currency, timeZone, activityTypes } = await this.people.organisation(
      organisationId,
      tx,
    );
    const types = typesWith(activityTypes);
    return { currency, dayOf: localDay(timeZone), now: this.clock.now().getTime(), types };
  }
}

/** Looks up the members of a batch; an atomic one keeps no item where one is refused. */
async function prepare(batch: ReadBatch, directory: Directory): Promise<PreparedBatch> {
  const items: Prepared[] = [];
  const refused = [...batch.refused];
  for (const [index, one] of batch.accepted.entries()) {
    const item = resolveItem(one, (reference) => directory.find(reference), batch.dayOf);
    if ('refusal' in item) refused.push(item.refusal);
    else items.push(preparedOf(item));
    if (index % READ_AT_ONCE === READ_AT_ONCE - 1) await breathe();
  }
  const none = batch.mode === 'atomic' && refused.length > 0;
  return { directory, items: none ? [] : items, refused };
}

const preparedOf = (item: Resolved): Prepared =>
  'activity' in item ? { arrival: arrivalOf(item.activity) } : item;

function refuseBatch(refused: readonly Refusal[]): void {
  if (refused.length === 0) return;
  const errors = refused.map(({ index, pointer, code, detail }) => ({
    pointer: `/activities/${index}${pointer}`,
    code,
    detail,
  }));
  throw new ProblemError('batch-refused', undefined, errors);
}
