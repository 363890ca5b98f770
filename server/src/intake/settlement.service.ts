import { Inject, Injectable } from '@nestjs/common';
import { contentOf, type Activity } from '@palmares/shared/activity/activity';
import { decide, type Arrival, type Decision, type Stored } from '@palmares/shared/intake/decide';
import type { Outcome } from '@palmares/shared/intake/receipt';
import { settle, touchedKeys } from '@palmares/shared/intake/settle';
import { ActivityService, type Stamp } from '../activity/activity.service.js';
import { ChallengeService } from '../challenge/challenge.service.js';
import { PayoutService } from '../challenge/payout.service.js';
import { ScoreService } from '../challenge/score.service.js';
import { MeasureService } from '../kpi/measure.service.js';
import { Signal } from '../live/signal.js';
import type { Logger } from 'pino';
import type { Turn } from '../people/sequence.js';
import { breathe } from '../platform/breathe.js';
import { Database, type Tx } from '../platform/database.js';
import { LOGGER } from '../platform/platform.module.js';
import { Statistics } from '../platform/statistics.js';
import { digestId } from '../platform/digest.js';

export const arrivalOf = (activity: Activity): Arrival => {
  return { activity, hash: digestId(contentOf(activity)) };
};

/** What grows with every batch. */
const GROWING = ['activity', 'measure_day', 'score', 'score_change'];

/** The one way in which activities change, and everything that follows from it. */
@Injectable()
export class SettlementService {
  private readonly statistics: Statistics;

  constructor(
    database: Database,
    @Inject(LOGGER) logger: Logger,
    private readonly activities: ActivityService,
    private readonly measures: MeasureService,
    private readonly challenges: ChallengeService,
    private readonly scores: ScoreService,
    private readonly payouts: PayoutService,
    private readonly signal: Signal,
  ) {
    this.statistics = new Statistics(database, logger, GROWING);
  }

  /**
   * Records arrivals in their order; one outcome each.
   * @param found what is stored under them in this turn, if it has been looked up
   */
  async record(
    tx: Tx,
    turn: Turn,
    arrivals: readonly Arrival[],
    stamp: Stamp,
    found?: ReadonlyMap<string, Stored>,
  ): Promise<Outcome[]> {
    this.follow(tx, turn);
    if (arrivals.length === 0) return [];
    const stored = await this.activities.stored(tx, turn, arrivals, found);
    const decision = decide(arrivals, stored);
    tx.meanwhile(this.activities.hear(tx, turn, arrivals, stamp.now));
    await this.apply(tx, turn, decision, stamp);
    // What is older than the present one is not newer than what waits either.
    const fresh = arrivals.filter((_arrival, at) => decision.outcomes[at] !== 'stale');
    const activities = fresh.map(({ activity }) => activity);
    await this.activities.overtake(tx, turn, activities);
    return decision.outcomes;
  }

  /** Writes a decision, and brings totals and scores to where it leads. */
  async apply(tx: Tx, turn: Turn, decision: Decision, stamp: Stamp): Promise<void> {
    const { transitions, appended } = decision;
    this.follow(tx, turn);
    const kept = await this.measures.running(tx, turn);
    const touched = touchedKeys(transitions, kept);
    // What is stale changes nothing: what is current of it stays a neighbour.
    const identities = appended.flatMap(({ activity, superseded }) =>
      superseded ? [] : [activity],
    );
    // Asked for before the rows are written, which are none of them: the answer comes sooner.
    const asked = this.activities.neighbours(tx, turn, touched, identities);
    tx.meanwhile(asked);
    // The connection writes rows while we compute what follows from them.
    tx.meanwhile(this.activities.write(tx, turn, decision, stamp));
    await breathe();
    const neighbours = await asked;
    if (transitions.length > 0) {
      const remember = this.activities.remember(tx, turn, touched);
      const changes = settle(transitions, kept, neighbours, remember);
      await breathe();
      tx.meanwhile(this.measures.add(tx, turn, changes));
      await breathe();
      const running = await this.challenges.running(tx, turn);
      const moved = await this.scores.rescore(tx, turn, running, changes);
      await this.payouts.live(tx, turn, moved);
    }
    tx.meanwhile(this.signal.announce(tx, turn));
    tx.afterCommit(() => this.statistics.wrote(appended.length));
  }

  /** What is remembered from turn to turn survives one that changes nothing. */
  private follow(tx: Tx, turn: Turn): void {
    this.scores.follow(tx, turn);
    this.activities.follow(tx, turn);
  }
}
