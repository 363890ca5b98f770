import { once } from 'node:events';
import { apply } from '@palmares/shared/board/apply';
import type { Board } from '@palmares/shared/board/board';
import { boardFrameSchema, type BoardFrame } from '@palmares/shared/board/frame';
import type { Problem } from '@palmares/shared/problem/catalogue';
import type { Socket } from 'socket.io-client';
import { eventually } from './eventually.js';

export type Subscribed = { ok: true; version: number } | { ok: false; problem: Problem };

/** Connects, or answers the problem with which the door was shut. */
export async function connect(socket: Socket): Promise<Problem | undefined> {
  const events = socket as never;
  const refused = once(events, 'connect_error') as Promise<[Error & { data?: Problem }]>;
  const answer = Promise.race([
    once(events, 'connect').then(() => undefined),
    refused.then(([error]) => error.data),
  ]);
  socket.connect();
  return answer;
}

export const subscribe = (socket: Socket, topic: unknown): Promise<Subscribed> =>
  socket.timeout(5_000).emitWithAck('subscribe', { topic }) as Promise<Subscribed>;

/** A board kept as a browser keeps it: fetched once, then by frames alone. */
export class Watcher {
  readonly frames: BoardFrame[] = [];
  readonly arrivals: number[] = [];

  private constructor(public board: Board) {}

  static async open(socket: Socket, fetch: () => Promise<Board>): Promise<Watcher> {
    const early: BoardFrame[] = [];
    let watcher: Watcher | undefined;
    socket.on('board.changed', (frame: unknown) => {
      const checked = boardFrameSchema.parse(frame);
      if (watcher) watcher.receive(checked);
      else early.push(checked);
    });
    const problem = await connect(socket);
    if (problem) throw new Error(problem.code);
    const { challengeId } = await fetch();
    const subscribed = await subscribe(socket, `board:${challengeId}`);
    if (!subscribed.ok) throw new Error(subscribed.problem.code);
    watcher = new Watcher(await fetch());
    for (const frame of early) watcher.receive(frame);
    return watcher;
  }

  /** Waits until the frames have brought the board to a version. */
  reach(version: number): Promise<Board> {
    return eventually(
      () => this.board,
      (board) => board.version >= version,
    );
  }

  private receive(frame: BoardFrame): void {
    this.frames.push(frame);
    this.arrivals.push(performance.now());
    const applied = apply(this.board, frame);
    if (!applied.ok) throw new Error(applied.reason);
    this.board = applied.board;
  }
}
