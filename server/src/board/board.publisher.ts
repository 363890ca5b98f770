import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Gathering } from '@palmares/shared/board/gathering';
import { boardTopic, type Room } from '@palmares/shared/live/event';
import type { Logger } from 'pino';
import type { Caller } from '../auth/caller.js';
import type { Found } from '../challenge/challenge.service.js';
import { LiveGateway } from '../live/live.gateway.js';
import { Signal } from '../live/signal.js';
import { LOGGER } from '../platform/platform.module.js';
import { BoardMemory } from './board-memory.service.js';
import { classOf, type Follower, type LiveBoard } from './live-board.js';

/** A board that somebody watches through this process. */
interface Watched {
  board: LiveBoard;
  /** By what its watchers were put into classes. */
  found: Found;
  /** What is to be told to each class, by its room. */
  classes: Map<Room, Gathering>;
  follower: Follower;
  timer?: NodeJS.Timeout;
  /** Something came while a frame was being made. */
  again: boolean;
}

/** Frames of one board are merged to at most ten a second. */
const TICK_MS = 100;

/** Turns the signal after a commit into frames, one for all who see the same of a board. */
@Injectable()
export class BoardPublisher implements OnApplicationShutdown {
  private readonly watched = new Map<string, Watched>();

  constructor(
    private readonly memory: BoardMemory,
    private readonly gateway: LiveGateway,
    signal: Signal,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    signal.on((message) => {
      if (message.kind === 'changed') this.wake(message.organisationId);
    });
    signal.onReconnected(() => this.wake());
  }

  /** Where those gather who see the same of a board as the caller. Problems: `not-found`. */
  async room(caller: Caller, challengeId: string): Promise<Room> {
    const board = await this.memory.get(caller.organisationId, challengeId);
    const sight = await this.memory.sight(board, caller);
    const name = classOf(sight, sight.names(board.ranking), board);
    const room: Room = `${boardTopic(challengeId)}:${name}`;
    const { classes } = this.follow(challengeId, board);
    const { viewer, policy } = sight;
    if (!classes.has(room)) {
      const manner = { viewer, policy, veil: board.veil };
      classes.set(room, new Gathering(board.ranking, manner, board.point.seq));
    }
    return room;
  }

  /** The version of a board that is followed. Problems: `not-found`. */
  async version(caller: Caller, challengeId: string): Promise<{ version: number }> {
    const board = await this.memory.get(caller.organisationId, challengeId);
    return { version: board.point.seq };
  }

  onApplicationShutdown(): void {
    for (const [challengeId, watched] of this.watched) this.forget(challengeId, watched);
  }

  private follow(challengeId: string, board: LiveBoard): Watched {
    const known = this.watched.get(challengeId);
    if (known) return known;
    const classes = new Map<Room, Gathering>();
    const watched: Watched = {
      board,
      found: board.found,
      classes,
      follower: (touched) => {
        for (const gathering of classes.values()) gathering.step(touched);
        // Whoever asked for the board has moved it: what it told them is told to the others too.
        if (this.watched.get(challengeId) === watched) this.stir(challengeId, watched);
      },
      again: false,
    };
    board.followers.add(watched.follower);
    this.watched.set(challengeId, watched);
    return watched;
  }

  private wake(organisationId?: string): void {
    for (const [challengeId, watched] of this.watched) {
      if (organisationId !== undefined && watched.board.organisationId !== organisationId) continue;
      this.stir(challengeId, watched);
    }
  }

  private stir(challengeId: string, watched: Watched): void {
    if (watched.timer) watched.again = true;
    else if (!this.gateway.isWatched(boardTopic(challengeId))) this.forget(challengeId, watched);
    else this.tick(challengeId, watched);
  }

  private forget(challengeId: string, watched: Watched): void {
    clearTimeout(watched.timer);
    watched.board.followers.delete(watched.follower);
    this.watched.delete(challengeId);
  }

  /** Sends a frame at once, then nothing for a tick. */
  private tick(challengeId: string, watched: Watched): void {
    watched.again = false;
    const rest = new Promise<void>((resolve) => (watched.timer = setTimeout(resolve, TICK_MS)));
    const sent = this.send(challengeId, watched).catch((error: unknown) => {
      watched.again = true;
      this.logger.error({ err: error, challengeId }, 'no frame could be made');
    });
    void Promise.all([rest, sent]).then(() => {
      delete watched.timer;
      if (watched.again && this.watched.get(challengeId) === watched) {
        this.stir(challengeId, watched);
      }
    });
  }

  private async send(challengeId: string, watched: Watched): Promise<void> {
    const { organisationId } = watched.board;
    const board = await this.memory.get(organisationId, challengeId);
    if (watched.board !== board || watched.found !== board.found) {
      await this.resettle(challengeId, watched, board);
    }
    const { point } = board;
    for (const [room, gathering] of watched.classes) {
      if (!this.gateway.hasListeners(room)) {
        watched.classes.delete(room);
        continue;
      }
      const change = gathering.take(point.seq, point.changedAt.toISOString());
      if (change) this.gateway.emit(room, 'board.changed', { challengeId, ...change });
    }
  }

  /** People or the challenge have changed: somebody may see more now, or less, or nothing. */
  private async resettle(challengeId: string, watched: Watched, board: LiveBoard): Promise<void> {
    const [before, now] = [watched.found.challenge, board.found.challenge].map((one) => {
      return `${one.definition.visibility} ${one.definition.ties}`;
    });
    if (watched.board !== board || before !== now) watched.classes.clear();
    if (watched.board !== board) {
      watched.board.followers.delete(watched.follower);
      board.followers.add(watched.follower);
    }
    watched.board = board;
    watched.found = board.found;
    const { seq: version, changedAt } = board.point;
    // One that does not connect to what they have, so that they read the board again.
    const again = { challengeId, version, baseVersion: version, rows: [], removed: [] };
    const frame = { ...again, asOf: changedAt.toISOString() };
    await this.gateway.resettle(boardTopic(challengeId), 'board.changed', frame);
  }
}
