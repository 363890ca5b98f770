import type { Board } from '@palmares/shared/board/board';
import { passes, problemBehind, type Problem } from '../http/problem';
import { openLive, type Live, type LiveState } from '../live/live';
import { readBoard, type BoardDoor, type BoardLink } from './board.api';
import { BoardSync } from './board-sync';

const RETRY_MS = [2_000, 5_000, 10_000, 30_000];
/** No event says that a draft was launched. */
const DRAFT_MS = 15_000;

/** What a visit has to tell. */
export interface BoardEyes {
  onLink(link: BoardLink): void;
  onBoard(board: Board): void;
  onLive(state: LiveState): void;
  /** Undefined once it is over. */
  onProblem(problem: Problem | undefined): void;
}

/** One board, followed from its opening until it is left or refused. */
export class BoardVisit {
  private sync: BoardSync | undefined;
  private line: Live | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempts = 0;
  private state: LiveState = 'connecting';
  private left = false;

  constructor(
    readonly door: BoardDoor,
    private readonly eyes: BoardEyes,
  ) {}

  /** Asks what the door opens to, then for the board; again after every interruption. */
  async enter(): Promise<void> {
    clearTimeout(this.timer);
    try {
      const link = await this.door.open();
      if (this.left) return;
      this.eyes.onProblem(undefined);
      this.eyes.onLink(link);
      if (!this.sync) this.attend(link.challenge.id);
      else if (this.state !== 'live') this.line?.retry();
      if (link.challenge.status === 'draft') this.later(DRAFT_MS);
      await this.sync?.refresh();
    } catch (error) {
      if (!this.left) this.fail(error);
    }
  }

  leave(): void {
    this.left = true;
    this.hangUp();
  }

  private attend(challengeId: string): void {
    const sync = new BoardSync({
      fetch: () => readBoard(challengeId, this.door.token),
      show: (board) => this.eyes.onBoard(board),
      fail: (error) => this.fail(error),
    });
    let before = false;
    this.sync = sync;
    this.line = openLive({
      link: this.door.token,
      topic: `board:${challengeId}`,
      events: {
        'board.changed': (frame) => sync.receive(frame),
        'challenge.changed': () => void this.enter(),
      },
      onState: (state) => this.eyes.onLive((this.state = state)),
      onSubscribed: (version) => {
        this.attempts = 0;
        sync.expect(version);
        if (before) void this.enter();
        before = true;
      },
      onRefused: () => this.again(),
    });
  }

  private fail(error: unknown): void {
    const problem = problemBehind(error);
    this.eyes.onProblem(problem);
    if (passes(problem)) this.again();
    else this.hangUp();
  }

  private again(): void {
    this.later(RETRY_MS[Math.min(this.attempts, RETRY_MS.length - 1)] ?? DRAFT_MS);
    this.attempts += 1;
  }

  private later(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.enter(), wait);
  }

  private hangUp(): void {
    clearTimeout(this.timer);
    this.sync?.stop();
    this.line?.close();
    this.sync = this.line = undefined;
  }
}
