import { Injectable } from '@nestjs/common';
import { ChallengeService } from '../challenge/challenge.service.js';
import { PayoutService } from '../challenge/payout.service.js';
import { Database } from '../platform/database.js';
import { BoardMemory } from './board-memory.service.js';
import type { LiveBoard } from './live-board.js';
import { ownStandings } from './own-standings.js';

/** What somebody would get if a challenge ended as it stands. */
export interface Upcoming {
  challengeId: string;
  name: string;
  rank: number | null;
  points: number;
  prizes: string[];
}

/**
 * Points and gifts that are to come: derived from the boards in memory, and kept nowhere. It costs
 * as much as there are challenges, and in each those of one’s own rank, however many take part.
 */
@Injectable()
export class UpcomingService {
  constructor(
    private readonly database: Database,
    private readonly challenges: ChallengeService,
    private readonly memory: BoardMemory,
    private readonly payouts: PayoutService,
  ) {}

  async list(organisationId: string, memberId: string): Promise<{ items: Upcoming[] }> {
    const launched = await this.database.read((tx) =>
      this.challenges.launchedOnes(tx, organisationId),
    );
    const items: Upcoming[] = [];
    for (const { row, challenge, status } of launched) {
      if (challenge.definition.payout.length === 0 || status === 'scheduled') continue;
      const found = this.of(await this.memory.get(organisationId, row.id), memberId);
      if (found) items.push(found);
    }
    return { items };
  }

  /** Nothing for whoever takes no part. */
  private of(board: LiveBoard, memberId: string): Upcoming | undefined {
    const { challenge } = board.found;
    const found = ownStandings(board, memberId);
    if (!found) return undefined;
    const awards = this.payouts.upcoming(challenge, found.standings, memberId);
    return {
      challengeId: challenge.id,
      name: challenge.definition.name,
      rank: found.own.rank,
      points: awards.reduce((sum, { points }) => sum + points, 0),
      prizes: awards.flatMap(({ prize }) => prize ?? []),
    };
  }
}
