import { Injectable } from '@nestjs/common';
import type { Board, BoardEntry } from '@palmares/shared/board/board';
import { rank } from '@palmares/shared/board/rank';
import { orderOf } from '@palmares/shared/board/view';
import type { BoardFrame } from '@palmares/shared/board/frame';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import type { Caller } from '../auth/caller.js';
import { ChallengeService } from '../challenge/challenge.service.js';
import { ScoreService, type NamedScore } from '../challenge/score.service.js';
import { SightService } from '../challenge/sight.service.js';
import { ProblemError } from '../http/problem-error.js';
import { momentOf, present, seqAt } from '../people/sequence.js';
import { Database, type Tx } from '../platform/database.js';

/** Which rows of a board, as of when. */
export interface BoardPage {
  limit: number;
  offset: number;
  /** A `seq` or an instant. */
  asOf?: number | Date | undefined;
  /** Only the caller’s own line and its neighbours. */
  aroundMe: boolean;
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
    private readonly sights: SightService,
  ) {}

  /**
   * A page of the ranking as the caller may see it, all of it of one instant: of the present, or of
   * an earlier turn; around themselves where they ask so. Problems: `not-found`.
   */
  async board(caller: Caller, challengeId: string, page: BoardPage): Promise<Board> {
    const { organisationId } = caller;
    const { limit, offset, asOf, aroundMe } = page;
    return this.database.snapshot(async (tx) => {
      const found = await this.challenges.find(tx, organisationId, challengeId);
      const { ties } = found.challenge.definition;
      const sight = await this.sights.found(tx, caller, found);
      const now = await present(tx, organisationId);
      const then = asOf === undefined ? now : await this.at(tx, organisationId, asOf, now);
      const scores =
        then.seq === now.seq
          ? await this.scores.board(tx, organisationId, challengeId)
          : await this.scores.boardAsOf(tx, organisationId, challengeId, then.seq);
      const rows = rank(scores.map(entryOf), ties);
      const names = sight.names(orderOf(rows));
      const [me = null] = sight.viewer.own;
      const own = aroundMe && me ? rows.findIndex(({ subject }) => subject.id === me) : -1;
      const first = own < 0 ? offset : Math.max(0, own - (limit >> 1));
      return {
        challengeId,
        version: then.seq,
        status: found.status,
        asOf: then.changedAt.toISOString(),
        total: rows.length,
        ...(ties === 'shared' ? { ties } : {}),
        view: { policy: sight.policy, me, window: null },
        rows: sight.lines(rows.slice(first, first + limit), names, ties),
      };
    });
  }

  /** The turn of a `seq`, or the last one up to an instant. */
  private async at(tx: Tx, organisationId: string, asOf: number | Date, now: Present) {
    const wanted = asOf instanceof Date ? await seqAt(tx, organisationId, asOf) : asOf;
    if (wanted >= now.seq) return now;
    return { seq: wanted, changedAt: await momentOf(tx, organisationId, wanted) };
  }

  /** Problems: `not-found`, `forbidden` for whom the board is not. */
  async version(caller: Caller, challengeId: string): Promise<number> {
    const { organisationId } = caller;
    return this.database.read(async (tx) => {
      const found = await this.challenges.find(tx, organisationId, challengeId);
      const { viewer } = await this.sights.found(tx, caller, found);
      if (!viewer.inside && found.row.version !== null) throw new ProblemError('forbidden');
      return (await present(tx, organisationId)).seq;
    });
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
      const { challenge } = await this.challenges.find(tx, organisationId, challengeId);
      // Who sees whom differs: everybody reads the board again.
      if (challenge.definition.visibility !== 'audience') {
        const asOf = now.changedAt.toISOString();
        return { challengeId, version: now.seq, baseVersion: now.seq, asOf, rows: [], removed: [] };
      }
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
