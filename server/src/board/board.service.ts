import { Injectable } from '@nestjs/common';
import type { Board, BoardEntry } from '@palmares/shared/board/board';
import { rank } from '@palmares/shared/board/rank';
import type { BoardFrame } from '@palmares/shared/board/frame';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import { ChallengeService } from '../challenge/challenge.service.js';
import { ScoreService, type NamedScore } from '../challenge/score.service.js';
import { present } from '../people/sequence.js';
import { Database } from '../platform/database.js';

const entryOf = ({ subjectId, label, score, reachedAt, reason }: NamedScore): BoardEntry => ({
  subject: { type: 'member', id: subjectId, label },
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

  /** A page of the ranking, all of it of one instant. Problems: `not-found`. */
  async board(
    organisationId: string,
    challengeId: string,
    { limit, offset }: { limit: number; offset: number },
  ): Promise<Board> {
    const { status } = await this.challenges.view(organisationId, challengeId);
    return this.database.snapshot(async (tx) => {
      const now = await present(tx, organisationId);
      const scores = await this.scores.board(tx, organisationId, challengeId);
      const rows = rank(scores.map(entryOf));
      return {
        challengeId,
        version: now.seq,
        status,
        asOf: now.changedAt.toISOString(),
        total: rows.length,
        rows: rows.slice(offset, offset + limit),
      };
    });
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
        rows: moved.map(entryOf),
        removed: [],
      };
    });
  }
}
