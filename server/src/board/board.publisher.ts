import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { boardTopic } from '@palmares/shared/live/event';
import type { Logger } from 'pino';
import type { Caller } from '../auth/caller.js';
import { LiveGateway } from '../live/live.gateway.js';
import { Signal } from '../live/signal.js';
import { LOGGER } from '../platform/platform.module.js';
import { BoardService } from './board.service.js';

/** A board that somebody watches through this process. */
interface Watched {
  organisationId: string;
  /** What the sockets have been told; the next frame starts here. */
  version: number;
  timer?: NodeJS.Timeout;
  /** Something came while a frame was being made. */
  again: boolean;
}

/** Frames of one board are merged to at most ten a second. */
const TICK_MS = 100;

/** Turns the signal after a commit into frames for the sockets of this process. */
@Injectable()
export class BoardPublisher implements OnApplicationShutdown {
  private readonly watched = new Map<string, Watched>();

  constructor(
    private readonly boards: BoardService,
    private readonly gateway: LiveGateway,
    signal: Signal,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    signal.on((message) => {
      if (message.kind === 'changed') this.wake(message.organisationId);
    });
    signal.onReconnected(() => this.wake());
  }

  /** Starts to follow a board from its present version, or goes on following it. */
  async watch(caller: Caller, challengeId: string): Promise<{ version: number }> {
    const version = await this.boards.version(caller, challengeId);
    const { organisationId } = caller;
    if (!this.watched.has(challengeId)) {
      this.watched.set(challengeId, { organisationId, version, again: false });
      // Whatever came between reading the version and this line has not been heard.
      this.wake(organisationId);
    }
    return { version };
  }

  onApplicationShutdown(): void {
    for (const { timer } of this.watched.values()) clearTimeout(timer);
    this.watched.clear();
  }

  private wake(organisationId?: string): void {
    for (const [challengeId, watched] of this.watched) {
      if (organisationId !== undefined && watched.organisationId !== organisationId) continue;
      if (!this.gateway.hasListeners(boardTopic(challengeId))) this.forget(challengeId);
      else if (watched.timer) watched.again = true;
      else this.tick(challengeId, watched);
    }
  }

  private forget(challengeId: string): void {
    clearTimeout(this.watched.get(challengeId)?.timer);
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
        this.tick(challengeId, watched);
      }
    });
  }

  private async send(challengeId: string, watched: Watched): Promise<void> {
    const frame = await this.boards.frame(watched.organisationId, challengeId, watched.version);
    if (!frame) return;
    watched.version = frame.version;
    this.gateway.emit(boardTopic(challengeId), 'board.changed', frame);
  }
}
