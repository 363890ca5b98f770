import { Injectable } from '@nestjs/common';
import { alikeIn } from '@palmares/shared/board/alike';
import type { BoardRow } from '@palmares/shared/board/board';
import type { PayoutLine, Standing } from '@palmares/shared/challenge/payout';
import { parseScaled } from '@palmares/shared/quantity/scaled';
import { ChallengeService } from '../challenge/challenge.service.js';
import { PayoutService } from '../challenge/payout.service.js';
import { Database } from '../platform/database.js';
import { BoardMemory } from './board-memory.service.js';
import type { LiveBoard } from './live-board.js';

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
  private of({ found, ranking }: LiveBoard, memberId: string): Upcoming | undefined {
    const { challenge } = found;
    const { lineup, definition } = challenge;
    const subjectIds = lineup
      ? lineup.allTeamsOf(memberId).filter((id) => lineup.daysIn(id).has(memberId))
      : [memberId];
    const present = subjectIds
      .filter((id) => ranking.get(id))
      .toSorted((a, b) => ranking.indexOf(a) - ranking.indexOf(b));
    const standings = new Map<string, Standing>();
    for (const id of present) {
      const alike = alikeIn(ranking, id);
      const rows = shares(definition.payout, alike[0]) ? alike : [alike.find(isOf(id))];
      for (const row of rows) if (row) standings.set(row.subject.id, standingOf(row));
    }
    const [first] = present;
    const own = first === undefined ? undefined : standings.get(first);
    if (!own) return undefined;
    const awards = this.payouts.upcoming(challenge, [...standings.values()], memberId);
    return {
      challengeId: challenge.id,
      name: definition.name,
      rank: own.rank,
      points: awards.reduce((sum, { points }) => sum + points, 0),
      prizes: awards.flatMap(({ prize }) => prize ?? []),
    };
  }
}

const isOf = (id: string) => (row: BoardRow) => row.subject.id === id;

const standingOf = ({ subject, rank, score }: BoardRow): Standing => {
  return { subjectId: subject.id, rank, score: parseScaled(score) ?? 0 };
};

/** True where equals share what their places bring: only there it matters how many they are. */
const shares = (payout: readonly PayoutLine[], row: BoardRow | undefined): boolean =>
  payout.some((line) => line.kind === 'rank' && (row?.rank ?? Infinity) <= line.points.length);
