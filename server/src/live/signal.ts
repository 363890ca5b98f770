import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import type { Logger } from 'pino';
import { Database, type Tx } from '../platform/database.js';
import { LOGGER } from '../platform/platform.module.js';

/** What processes tell each other: something of an organisation changed, or a door was closed. */
export type Message =
  | { kind: 'changed'; organisationId: string; seq: number }
  | { kind: 'revoked'; credentialId: string }
  | { kind: 'notified'; organisationId: string; sendingId: string };

type Listener = (message: Message) => void;

const CHANNEL = 'palmares';
const RETRY_MS = 500;

/**
 * The small signal after a commit, to every process including this one, by PostgreSQL's NOTIFY.
 * It carries no data: who hears it reads what changed. When the line was down, listeners are told
 * so, and read everything they watch.
 */
@Injectable()
export class Signal implements OnApplicationShutdown {
  private readonly listeners: Listener[] = [];
  private readonly reconnected: (() => void)[] = [];
  private client: pg.Client | undefined;
  private closed = false;

  constructor(
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  on(listener: Listener): void {
    this.listeners.push(listener);
  }

  onReconnected(listener: () => void): void {
    this.reconnected.push(listener);
  }

  /** Heard by all when, and only when, the transaction commits. */
  async announce(tx: Tx, { organisationId, seq }: { organisationId: string; seq: number }) {
    await this.send(tx, { kind: 'changed', organisationId, seq });
  }

  async send(tx: Tx, message: Message): Promise<void> {
    await tx.rows('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(message)], 'notify');
  }

  /** Begins to hear; a server does, a command does not. */
  async listen(): Promise<void> {
    const client = this.database.connection();
    client.on('notification', ({ payload }) => this.hear(payload ?? ''));
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    // Not before: an attempt that failed ends as well, and whoever made it tries again.
    client.once('end', () => void this.reconnect());
    this.client = client;
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    await this.client?.end();
  }

  private hear(payload: string): void {
    const message = JSON.parse(payload) as Message;
    for (const listener of this.listeners) listener(message);
  }

  private async reconnect(): Promise<void> {
    while (!this.closed) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      if (this.closed) return;
      try {
        await this.listen();
        for (const listener of this.reconnected) listener();
        return;
      } catch (error) {
        this.logger.warn({ err: error }, 'cannot listen to the database yet');
      }
    }
  }
}
