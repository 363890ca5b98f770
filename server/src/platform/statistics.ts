import type { Logger } from 'pino';
import type { Database } from './database.js';

/** From here on PostgreSQL's own autovacuum keeps up. */
const GROWN_UP = 200_000;
const FIRST = 1_000;

/**
 * Tells the planner how large young tables have become. PostgreSQL looks once a minute; in that
 * minute an import can fill a table that every plan still takes for empty.
 */
export class Statistics {
  private written = 0;
  private next = FIRST;
  private running = false;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
    private readonly tables: readonly string[],
  ) {}

  /** Counts written rows; every time they have grown fourfold the tables are looked at again. */
  wrote(rows: number): void {
    this.written += rows;
    if (this.written < this.next || this.next > GROWN_UP || this.running) return;
    this.next = this.written * 4;
    this.running = true;
    this.database
      .read((tx) => tx.rows(`analyze ${this.tables.join(', ')}`))
      .catch((error: unknown) => this.logger.warn({ err: error }, 'cannot analyze'))
      .finally(() => (this.running = false));
  }
}
