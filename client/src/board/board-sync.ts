import { apply } from '@palmares/shared/board/apply';
import type { Board } from '@palmares/shared/board/board';
import type { BoardFrame } from '@palmares/shared/board/frame';

/** A board after several frames; `gap` when one of them does not connect to it. */
export function applyAll(board: Board, frames: readonly BoardFrame[]) {
  let current = board;
  for (const frame of frames) {
    const applied = apply(current, frame);
    if (applied.ok) current = applied.board;
    else if (applied.reason === 'gap') return { board: current, gap: true };
  }
  return { board: current, gap: false };
}

export interface BoardSource {
  fetch(): Promise<Board>;
  show(board: Board): void;
  fail(error: unknown): void;
  /** before a board is fetched again that was still behind its frames */
  breathMs?: number;
}

/**
 * Keeps a board true: frames in their order, the whole board again where some were missed. Frames
 * that come while a board is on its way are kept for it.
 */
export class BoardSync {
  private board: Board | undefined;
  private waiting: BoardFrame[] = [];
  private expected = 0;
  private fetching = false;
  private wanted = false;
  private broken = false;
  private stopped = false;

  constructor(private readonly source: BoardSource) {}

  /** A frame has come. */
  receive(frame: BoardFrame): void {
    this.waiting.push(frame);
    const quiet = !this.fetching && !this.broken;
    if (this.board && quiet && this.settle(this.board)) void this.refresh();
  }

  /** The version that the server had when it began to send frames. */
  expect(version: number): void {
    this.expected = version;
    if (this.board && !this.fetching && this.board.version < version) void this.refresh();
  }

  /** Fetches the whole board; asked while one is on its way, it fetches once more after it. */
  async refresh(): Promise<void> {
    this.wanted = true;
    if (this.fetching) return;
    this.fetching = true;
    this.broken = false;
    try {
      await this.fetchUntilWhole();
    } catch (error) {
      this.broken = true;
      if (!this.stopped) this.source.fail(error);
    } finally {
      this.fetching = false;
    }
  }

  stop(): void {
    this.stopped = true;
  }

  private async fetchUntilWhole(): Promise<void> {
    while (this.wanted && !this.stopped) {
      this.wanted = false;
      const fetched = await this.source.fetch();
      if (this.stopped || !this.settle(fetched)) continue;
      this.wanted = true;
      await new Promise((resolve) => setTimeout(resolve, this.source.breathMs ?? 1000));
    }
  }

  /** Shows the board with all frames that connect to it; true when it is still behind. */
  private settle(known: Board): boolean {
    const { board, gap } = applyAll(known, this.waiting);
    this.board = board;
    if (!gap) this.waiting = [];
    this.source.show(board);
    return gap || board.version < this.expected;
  }
}
