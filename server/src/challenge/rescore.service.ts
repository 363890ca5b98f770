import { Injectable } from '@nestjs/common';
import { Signal } from '../live/signal.js';
import { PeopleService } from '../people/people.service.js';
import { Database } from '../platform/database.js';
import { Schedule } from '../platform/schedule.js';
import { ChallengeService } from './challenge.service.js';
import { PayoutService } from './payout.service.js';
import * as store from './rescore.store.js';
import { ScoreService } from './score.service.js';

const EVERY_MS = 60_000;

/**
 * Makes the scores of running challenges anew, once, after a release that computes them in another
 * way. Without it a subject would keep the old score until its next activity.
 */
@Injectable()
export class RescoreService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleService,
    private readonly challenges: ChallengeService,
    private readonly scores: ScoreService,
    private readonly payouts: PayoutService,
    private readonly signal: Signal,
    schedule: Schedule,
  ) {
    schedule.every(EVERY_MS, 'score anew', () => this.rescore());
  }

  async rescore(): Promise<void> {
    const organisationIds = await this.database.read((tx) => store.organisations(tx));
    for (const organisationId of organisationIds) await this.rescoreIn(organisationId);
  }

  private async rescoreIn(organisationId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      // Another process may have been quicker: then there is nothing left.
      const outdated = await store.take(tx, organisationId);
      for (const challenge of await this.challenges.running(tx, turn)) {
        if (!outdated.has(challenge.id)) continue;
        const moved = await this.scores.renew(tx, turn, challenge);
        await this.payouts.live(tx, turn, moved);
      }
      await this.signal.announce(tx, turn);
    });
  }
}
