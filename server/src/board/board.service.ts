import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Board } from '@palmares/shared/board/board';
import { WHOLE, WINDOW } from '@palmares/shared/board/gathering';
import type { ChallengeStatus } from '@palmares/shared/challenge/challenge';
import { rank } from '@palmares/shared/board/rank';
import { orderOf } from '@palmares/shared/board/view';
import type { Caller } from '../auth/caller.js';
import { ChallengeService } from '../challenge/challenge.service.js';
import { ScoreService } from '../challenge/score.service.js';
import type { Sight } from '../challenge/sight.js';
import { SightService } from '../challenge/sight.service.js';
import type { Ready } from '../http/conditional.js';
import { momentOf, present, seqAt } from '../people/sequence.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { BoardMemory } from './board-memory.service.js';
import { classOf, entryOf, type LiveBoard } from './live-board.js';

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

@Injectable()
export class BoardService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly challenges: ChallengeService,
    private readonly scores: ScoreService,
    private readonly sights: SightService,
    private readonly memory: BoardMemory,
  ) {}

  /**
   * A page of the ranking as the caller may see it, all of it of one instant: of the present, or of
   * an earlier turn; around themselves where they ask so. Problems: `not-found`.
   */
  async board(caller: Caller, challengeId: string, page: BoardPage): Promise<Ready> {
    if (page.asOf !== undefined) {
      const board = await this.earlier(caller, challengeId, page, page.asOf);
      const body = JSON.stringify(board);
      return { etag: etagOf(board.version, body), head: body, tail: '' };
    }
    return this.present(caller, challengeId, page);
  }

  /** A page of the present, at once where it lies ready. Problems: `not-found`. */
  present(caller: Caller, challengeId: string, page: BoardPage): Ready | Promise<Ready> {
    const board = this.memory.get(caller.organisationId, challengeId);
    if (board instanceof Promise) return board.then((found) => this.seen(found, caller, page));
    return this.seen(board, caller, page);
  }

  private seen(board: LiveBoard, caller: Caller, page: BoardPage): Ready | Promise<Ready> {
    const sight = this.memory.sight(board, caller);
    if (sight instanceof Promise) return sight.then((one) => this.page(board, one, page));
    return this.page(board, sight, page);
  }

  private page(board: LiveBoard, sight: Sight, page: BoardPage): Ready {
    const { limit, offset, aroundMe } = page;
    const now = this.clock.now();
    const status = board.status(now, () =>
      this.challenges.statusAt(board.found.row, board.timeZone, now),
    );
    return board.ready(sight, `${status} ${offset} ${limit} ${aroundMe}`, () => {
      const { ranking, ties } = board;
      const [me = null] = sight.viewer.own;
      const own = aroundMe && me !== null ? ranking.indexOf(me) : -1;
      const first = own < 0 ? offset : Math.max(0, own - (limit >> 1));
      const names = sight.names(ranking);
      const question = `${classOf(sight, names, board)} ${status} ${first} ${limit}`;
      const tail = board.answer(question, () => {
        const rows = sight.lines(ranking.rows(first, first + limit), names, ties);
        return `,"rows":${JSON.stringify(rows)}}`;
      });
      const head = this.head(board, sight, status, me);
      return { etag: presentEtag(board, `${question} ${me}`), head, tail };
    });
  }

  /** What a page says of the board, but for its last brace. */
  private head(board: LiveBoard, sight: Sight, status: ChallengeStatus, me: string | null): string {
    const { ranking, point, ties } = board;
    const said = JSON.stringify({
      challengeId: board.id,
      version: point.seq,
      status,
      asOf: point.changedAt.toISOString(),
      total: ranking.size,
      ...(ties === 'shared' ? { ties } : {}),
      view: { policy: sight.policy, me, window: ranking.size > WHOLE ? WINDOW : null },
    });
    return said.slice(0, -1);
  }

  private async earlier(
    caller: Caller,
    challengeId: string,
    { limit, offset, aroundMe }: BoardPage,
    asOf: number | Date,
  ): Promise<Board> {
    const { organisationId } = caller;
    return this.database.snapshot(async (tx) => {
      const found = await this.challenges.find(tx, organisationId, challengeId);
      const { ties } = found.challenge.definition;
      const sight = await this.sights.found(tx, caller, found);
      const now = await present(tx, organisationId);
      const then = await this.at(tx, organisationId, asOf, now);
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
        view: { policy: sight.policy, me, window: rows.length > WHOLE ? WINDOW : null },
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
}

/** All that a page says follows from the turn, the question and who asks. */
const presentEtag = ({ point }: LiveBoard, question: string): string =>
  `"${point.seq}-${point.changedAt.getTime().toString(36)}-${question.replaceAll(' ', '.')}"`;

const etagOf = (version: number, content: string): string =>
  `"${version}-${createHash('sha1').update(content).digest('base64url').slice(0, 16)}"`;
