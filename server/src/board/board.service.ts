import { Injectable } from '@nestjs/common';
import type { Board, BoardEntry } from '@palmares/shared/board/board';
import { rank } from '@palmares/shared/board/rank';
import type { BoardFrame } from '@palmares/shared/board/frame';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import { ChallengeService } from '../challenge/challenge.service.js';
import { ScoreService, type NamedScore } from '../challenge/score.service.js';
import { momentOf, present, seqAt } from '../people/sequence.js';
import { Database, type Tx } from '../platform/database.js';

/** Which rows of a board, as of when. */
export interface BoardPage {
  limit: number;
  offset: number;
  /** A `seq` or an instant. */
  asOf?: number | Date | undefined;
  /** The subject whose neighbours are wanted. */
  around?: string | undefined;
}

type Present = Awaited<ReturnType<typeof present>>;

const entryOf = ({ subjectId, type, label, score, reachedAt, reason }: NamedScore): BoardEntry => ({
  subject: { type, id: subjectId, label },
  score: formatScaled(score),
  reachedAt,
  reason,
});

@Injectable()
export class BoardService {
  constructor(
    private readonly database: Database,
    private readonly challenges: ChallengeService,
    private readonly scores: ScoreService,
  ) {}

  /**
   * A page of the ranking, all of it of one instant: of the present, or of an earlier turn; around
   * a subject where one is named. Problems: `not-found`.
   */
  async board(organisationId: string, challengeId: string, page: BoardPage): Promise<Board> {
    const { limit, offset, asOf, around } = page;
    const { status, ties } = await this.challenges.view(organisationId, challengeId);
    return this.database.snapshot(async (tx) => {
      const now = await present(tx, organisationId);
      const then = asOf === undefined ? now : await this.at(tx, organisationId, asOf, now);
      const scores =
        then.seq === now.seq
          ? await this.scores.board(tx, organisationId, challengeId)
          : await this.scores.boardAsOf(tx, organisationId, challengeId, then.seq);
      const rows = rank(scores.map(entryOf), ties);
      const own = around ? rows.findIndex(({ subject }) => subject.id === around) : -1;
      const first = own < 0 ? offset : Math.max(0, own - (limit >> 1));
      return {
        challengeId,
        version: then.seq,
        status,
        asOf: then.changedAt.toISOString(),
        total: rows.length,
        ...(ties === 'shared' ? { ties } : {}),
        rows: rows.slice(first, first + limit),
      };
    });
  }

  /** The turn of a `seq`, or the last one up to an instant. */
  private async at(tx: Tx, organisationId: string, asOf: number | Date, now: Present) {
    const wanted = asOf instanceof Date ? await seqAt(tx, organisationId, asOf) : asOf;
    if (wanted >= now.seq) return now;
    return { seq: wanted, changedAt: await momentOf(tx, organisationId, wanted) };
  }

  /** Problems: `not-found`. */
  async version(organisationId: string, challengeId: string): Promise<number> {
    await this.challenges.view(organisationId, challengeId);
    return this.database.read(async (tx) => (await present(tx, organisationId)).seq);
  }

  /** What moved after a version; undefined when nothing did. */
  async frame(
    organisationId: string,
    challengeId: string,
    baseVersion: number,
  ): Promise<BoardFrame | undefined> {
    return this.database.snapshot(async (tx) => {
      const now = await present(tx, organisationId);
      if (now.seq <= baseVersion) return undefined;
      const moved = await this.scores.changesSince(tx, organisationId, challengeId, baseVersion);
      if (moved.length === 0) return undefined;
      return {
        challengeId,
        version: now.seq,
        baseVersion,
        asOf: now.changedAt.toISOString(),
        rows: moved.filter(({ reason }) => reason !== 'left').map(entryOf),
        removed: moved.filter(({ reason }) => reason === 'left').map(({ subjectId }) => subjectId),
      };
    });
  }
}
