import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Tx } from '../platform/database.js';
import { LOGGER } from '../platform/platform.module.js';
import { LINE, type Line } from './line.js';

/** What processes tell each other: something of an organisation changed, or a door was closed. */
export type Message =
  | { kind: 'changed'; organisationId: string; seq: number }
  | { kind: 'challenge'; organisationId: string; challengeId: string }
  | { kind: 'posted'; organisationId: string; memberIds: readonly string[] | null }
  | { kind: 'revoked'; credentialId: string }
  | { kind: 'notified'; organisationId: string; sendingId: string };

/** Told with the turn itself where this process has taken it. */
type Listener = (message: Message, turn?: object) => void;

/**
 * The small signal after a commit: to this process at once, before the answer leaves, and to all
 * others by the line. It carries no data: who hears it reads what changed. When the line was down,
 * listeners are told so, and read everything they watch.
 */
@Injectable()
export class Signal implements OnApplicationShutdown {
  private readonly listeners: Listener[] = [];
  private readonly reconnected: (() => void)[] = [];
  /** Ours come back on the line as well. */
  private readonly own = randomUUID();
  private listening = false;

  constructor(
    @Inject(LINE) private readonly line: Line,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  on(listener: Listener): void {
    this.listeners.push(listener);
  }

  onReconnected(listener: () => void): void {
    this.reconnected.push(listener);
  }

  /** Heard by all when, and only when, the transaction commits. */
  async announce(tx: Tx, turn: { organisationId: string; seq: number }): Promise<void> {
    const { organisationId, seq } = turn;
    await this.send(tx, { kind: 'changed', organisationId, seq }, turn);
  }

  async send(tx: Tx, message: Message, turn?: object): Promise<void> {
    tx.afterCommit(() => this.listening && this.tell(message, turn));
    await this.line.send(tx, `${this.own} ${JSON.stringify(message)}`);
  }

  /** Begins to hear; a server does, a command does not. */
  async listen(): Promise<void> {
    this.listening = true;
    await this.line.open({
      hear: (text) => {
        const [from, message] = [text.slice(0, this.own.length), text.slice(this.own.length + 1)];
        if (from !== this.own) this.tell(JSON.parse(message) as Message);
      },
      lost: () => {
        for (const listener of this.reconnected) listener();
      },
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.line.close();
  }

  /** What a listener cannot do is no failure of what has been committed. */
  private tell(message: Message, turn?: object): void {
    for (const listener of this.listeners) {
      try {
        listener(message, turn);
      } catch (error) {
        this.logger.error({ err: error, kind: message.kind }, 'a signal was not understood');
      }
    }
  }
}
