import { Injectable } from '@nestjs/common';
import type { Award } from '@palmares/shared/challenge/payout';
import type { Caller } from '../auth/caller.js';
import { PayoutService } from '../challenge/payout.service.js';
import { PrizeService } from '../challenge/prize.service.js';
import { BoardMemory } from './board-memory.service.js';
import { BoardService } from './board.service.js';
import { ownStandings } from './own-standings.js';

/** What a challenge gives to somebody: their own part where a team wins it. */
export interface Winnings {
  points: number;
  prizes: string[];
}

@Injectable()
export class WinningsService {
  constructor(
    private readonly boards: BoardService,
    private readonly memory: BoardMemory,
    private readonly payouts: PayoutService,
    private readonly prizes: PrizeService,
  ) {}

  /**
   * What the caller was given by a certified challenge, or would be if it ended as it stands; null
   * for whoever takes no part. Problems: `not-found`.
   */
  async winnings(caller: Caller, challengeId: string): Promise<{ winnings: Winnings | null }> {
    // Who may not see the board is refused here.
    await this.boards.board(caller, challengeId, { limit: 1, offset: 0, aroundMe: false });
    if (caller.kind !== 'member') return { winnings: null };
    const { organisationId, memberId } = caller;
    const board = await this.memory.get(organisationId, challengeId);
    const found = ownStandings(board, memberId);
    if (!found) return { winnings: null };
    const { row, challenge } = board.found;
    if (row.cancelledAt) return { winnings: sumOf([]) };
    const awards = row.certifiedAt
      ? await this.prizes.given(organisationId, challengeId, memberId)
      : this.payouts.awards(challenge, found.standings);
    return { winnings: sumOf(awards.filter(({ subjectId }) => subjectId === memberId)) };
  }
}

const sumOf = (awards: readonly Award[]): Winnings => ({
  points: awards.reduce((sum, { points }) => sum + points, 0),
  prizes: awards.flatMap(({ prize }) => prize ?? []),
});
