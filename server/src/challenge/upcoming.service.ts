import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';
import { prizesOf } from './certification.store.js';
import { ChallengeService } from './challenge.service.js';
import { LineupService } from './lineup.service.js';
import { PayoutService } from './payout.service.js';
import { ScoreService } from './score.service.js';

/** What somebody would get if a challenge ended as it stands. */
export interface Upcoming {
  challengeId: string;
  name: string;
  rank: number | null;
  points: number;
  prizes: string[];
}

/** A gift of a certified challenge. */
export interface WonPrize {
  challengeId: string;
  name: string;
  prize: string;
  teamId: string | null;
  wonAt: string;
}

/** Points and gifts that are to come: derived from the scores, and kept nowhere. */
@Injectable()
export class UpcomingService {
  constructor(
    private readonly database: Database,
    private readonly challenges: ChallengeService,
    private readonly scores: ScoreService,
    private readonly lineups: LineupService,
    private readonly payouts: PayoutService,
  ) {}

  /** Gifts that somebody has won. */
  async prizes(organisationId: string, memberId: string): Promise<{ items: WonPrize[] }> {
    const rows = await this.database.read((tx) => prizesOf(tx, organisationId, memberId));
    return { items: rows.map((row) => ({ ...row, wonAt: row.wonAt.toISOString() })) };
  }

  async list(organisationId: string, memberId: string): Promise<{ items: Upcoming[] }> {
    return this.database.snapshot(async (tx) => {
      const items: Upcoming[] = [];
      for (const found of await this.challenges.launchedOnes(tx, organisationId)) {
        const { id, definition } = found.challenge;
        if (definition.payout.length === 0 || found.status === 'scheduled') continue;
        const challenge = await this.lineups.joinStored(tx, organisationId, found.challenge);
        const standings = await this.scores.standings(tx, organisationId, challenge);
        const own = standings.find(
          ({ subjectId }) =>
            subjectId === memberId || challenge.lineup?.daysIn(subjectId).has(memberId),
        );
        if (!own) continue;
        const awards = this.payouts.upcoming(challenge, standings, memberId);
        items.push({
          challengeId: id,
          name: definition.name,
          rank: own.rank,
          points: awards.reduce((sum, { points }) => sum + points, 0),
          prizes: awards.flatMap(({ prize }) => prize ?? []),
        });
      }
      return { items };
    });
  }
}
