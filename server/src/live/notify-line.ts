import type pg from 'pg';
import type { Logger } from 'pino';
import type { Database, Tx } from '../platform/database.js';
import type { Ears, Line } from './line.js';

const CHANNEL = 'palmares';
const RETRY_MS = 500;

/** By PostgreSQL's NOTIFY: nothing is needed beside the database. */
export class NotifyLine implements Line {
  private client: pg.Client | undefined;
  private closed = false;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  async send(tx: Tx, text: string): Promise<void> {
    await tx.rows('select pg_notify($1, $2)', [CHANNEL, text], 'notify');
  }

  async open(ears: Ears): Promise<void> {
    const client = this.database.connection();
    client.on('notification', ({ payload }) => ears.hear(payload ?? ''));
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    // Not before: an attempt that failed ends as well, and whoever made it tries again.
    client.once('end', () => void this.reopen(ears));
    this.client = client;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.client?.end();
  }

  private async reopen(ears: Ears): Promise<void> {
    while (!this.closed) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      if (this.closed) return;
      try {
        await this.open(ears);
        ears.lost();
        return;
      } catch (error) {
        this.logger.warn({ err: error }, 'cannot listen to the database yet');
      }
    }
  }
}
