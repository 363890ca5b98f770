import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Logger } from 'pino';
import { Clock } from './clock.js';
import { isLostConnection } from './lost-connection.js';
import { LOGGER } from './surroundings.js';

/** Does what the present moment asks for, however long ago it was last done. */
export type Chore = (now: Date) => Promise<unknown>;

interface Scheduled {
  name: string;
  chore: Chore;
  everyMs: number;
  timer: NodeJS.Timeout | undefined;
  running: Promise<void> | undefined;
}

/**
 * Chores of a server: each at the start and then again and again, never twice at a time in one
 * process. Several processes do them side by side, so a chore looks at what is to be done now, and
 * locks what it does; one that was missed is caught up with by the next.
 */
@Injectable()
export class Schedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly chores: Scheduled[] = [];

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Whoever has a chore says so here, once, when constructed. */
  every(everyMs: number, name: string, chore: Chore): void {
    this.chores.push({ name, chore, everyMs, timer: undefined, running: undefined });
  }

  /** A server has chores; a command does only its own work. */
  onApplicationBootstrap(): void {
    if (!this.host.httpAdapter) return;
    for (const one of this.chores) {
      one.timer = setInterval(() => this.look(one), one.everyMs);
      this.look(one);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const { timer } of this.chores) clearInterval(timer);
    for (const { running } of this.chores) await running;
  }

  private look(one: Scheduled): void {
    one.running ??= this.carryOut(one).finally(() => (one.running = undefined));
  }

  private async carryOut({ name, chore }: Scheduled): Promise<void> {
    try {
      await chore(this.clock.now());
    } catch (error) {
      if (!isLostConnection(error)) this.logger.error({ err: error, chore: name }, 'chore failed');
    }
  }
}
