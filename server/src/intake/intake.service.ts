import { Injectable } from '@nestjs/common';
import { contentOf } from '@palmares/shared/activity/activity';
import { readItem, resolveItem, type Accepted, type Item } from '@palmares/shared/intake/read';
import type { Receipt, Refusal } from '@palmares/shared/intake/receipt';
import { settle, type Arrival, type Outcome } from '@palmares/shared/intake/settle';
import { localDay } from '@palmares/shared/time/day';
import { ActivityService } from '../activity/activity.service.js';
import { ChallengeService } from '../challenge/challenge.service.js';
import { ScoreService } from '../challenge/score.service.js';
import { ProblemError, tooLarge } from '../http/problem-error.js';
import { MeasureService } from '../kpi/measure.service.js';
import { Signal } from '../live/signal.js';
import { PeopleService } from '../people/people.service.js';
import type { Turn } from '../people/sequence.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { digestId } from '../platform/digest.js';
import { IntakeQueue } from './intake.queue.js';

export interface Batch {
  mode: 'partial' | 'atomic';
  activities: readonly unknown[];
}

/** A batch whose items have been read, each by itself. */
interface ReadBatch {
  mode: Batch['mode'];
  timeZone: string;
  accepted: Accepted[];
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
    private readonly measures: MeasureService,
    private readonly challenges: ChallengeService,
    private readonly scores: ScoreService,
    private readonly signal: Signal,
  ) {}

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

  private async read(organisationId: string, { mode, activities }: Batch): Promise<ReadBatch> {
    const { currency, timeZone } = await this.people.organisation(organisationId);
    const context = { currency, dayOf: localDay(timeZone), now: this.clock.now().getTime() };
    const result: ReadBatch = { mode, timeZone, accepted: [], refused: [] };
    activities.forEach((raw, index) => {
      const item = readItem(raw, index, context);
      if ('code' in item) result.refused.push(item);
      else result.accepted.push(item);
    });
    return result;
  }

  private queueOf(organisationId: string): IntakeQueue<ReadBatch, Receipt> {
    const known = this.queues.get(organisationId);
    if (known) return known;
    const queue = new IntakeQueue<ReadBatch, Receipt>((batches) =>
      this.recordTogether(organisationId, batches),
    );
    this.queues.set(organisationId, queue);
    return queue;
  }

  private async recordTogether(organisationId: string, batches: readonly ReadBatch[]) {
    return this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const { items, refused } = await this.resolve(tx, turn, batches);
      const arrivals = items.flat().map(({ activity }): Arrival => {
        return { activity, hash: digestId(contentOf(activity)) };
      });
      const outcomes =
        arrivals.length > 0 ? await this.settle(tx, turn, arrivals).catch(tooLarge) : [];
      let at = 0;
      return items.map((list, index) => {
        const own = outcomes.slice(at, (at += list.length));
        return receipt(own, refused[index] ?? []);
      });
    });
  }

  /** Finds the members; an atomic batch with a stranger in it keeps no item at all. */
  private async resolve(tx: Tx, turn: Turn, batches: readonly ReadBatch[]) {
    const directory = await this.people.directory(tx, turn);
    const items: Item[][] = [];
    const refused: Refusal[][] = [];
    for (const batch of batches) {
      const dayOf = localDay(batch.timeZone);
      const resolved = batch.accepted.map((accepted) =>
        resolveItem(accepted, (reference) => directory.find(reference), dayOf),
      );
      const strangers = resolved.filter((item) => 'code' in item);
      const known = resolved.filter((item) => 'activity' in item);
      items.push(batch.mode === 'atomic' && strangers.length > 0 ? [] : known);
      refused.push([...batch.refused, ...strangers].toSorted((a, b) => a.index - b.index));
    }
    return { items, refused };
  }

  private async settle(tx: Tx, turn: Turn, arrivals: readonly Arrival[]): Promise<Outcome[]> {
    const activities = arrivals.map(({ activity }) => activity);
    const stored = await this.activities.current(tx, turn, activities);
    const kept = await this.measures.running(tx, turn);
    const settlement = settle(arrivals, stored, kept);
    await this.activities.record(tx, turn, settlement);
    await this.measures.add(tx, turn, settlement.changes);
    const running = await this.challenges.running(tx, turn);
    await this.scores.rescore(tx, turn, running, settlement.changes);
    await this.signal.announce(tx, turn);
    return settlement.outcomes;
  }
}

function receipt(outcomes: readonly Outcome[], refused: Refusal[]): Receipt {
  const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  return {
    recorded: count('recorded'),
    revised: count('revised'),
    unchanged: count('unchanged'),
    refused,
  };
}

function refuseBatch(refused: readonly Refusal[]): void {
  if (refused.length === 0) return;
  const errors = refused.map(({ index, pointer, code, detail }) => ({
    pointer: `/activities/${index}${pointer}`,
    code,
    detail,
  }));
  throw new ProblemError('batch-refused', undefined, errors);
}
