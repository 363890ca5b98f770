import type { Logger } from 'pino';
import { createClient } from 'redis';
import type { Tx } from '../platform/database.js';
import type { Ears, Line } from './line.js';

const CHANNEL = 'palmares';
const RETRY_MS = 500;
/** Who hears it has not heard everything. */
const MISSED = 'missed';

type Client = ReturnType<typeof createClient>;

/**
 * By Redis, for installations whose commits should not wait for each other to notify. What cannot be
 * sent, because Redis is away for a moment, is made good by saying so afterwards: truth is in the
 * database, and whoever has missed something reads it there.
 */
export class RedisLine implements Line {
  private speaking: Promise<Client> | undefined;
  private hearing: Client | undefined;
  private readonly underWay = new Set<Promise<unknown>>();
  private missed = false;

  constructor(
    private readonly url: string,
    private readonly logger: Logger,
  ) {}

  async send(tx: Tx, text: string): Promise<void> {
    tx.afterCommit(() => this.publish(text));
  }

  async open(ears: Ears): Promise<void> {
    let before = false;
    const client = this.client();
    client.on('ready', () => {
      if (before) ears.lost();
      before = true;
    });
    await client.connect();
    this.hearing = client;
    await client.subscribe(CHANNEL, (text) => (text === MISSED ? ears.lost() : ears.hear(text)));
    await this.speaker();
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.underWay);
    const speaking = await this.speaking?.catch(() => undefined);
    for (const client of [this.hearing, speaking]) client?.destroy();
  }

  private publish(text: string): void {
    const sent = this.speaker()
      .then((client) => client.publish(CHANNEL, text))
      .catch((error: unknown) => {
        if (!this.missed) this.logger.warn({ err: error }, 'Redis does not take what is said');
        this.missed = true;
      })
      .finally(() => this.underWay.delete(sent));
    this.underWay.add(sent);
  }

  /** The connection to speak by, made when it is first needed: a command mostly needs none. */
  private speaker(): Promise<Client> {
    this.speaking ??= this.connectSpeaker();
    return this.speaking;
  }

  private async connectSpeaker(): Promise<Client> {
    const client = this.client();
    client.on('ready', () => {
      if (!this.missed) return;
      this.missed = false;
      this.publish(MISSED);
    });
    await client.connect();
    return client;
  }

  private client(): Client {
    let ready = false;
    const client: Client = createClient({
      url: this.url,
      // What waits while Redis is away would be heard too late to be worth it.
      disableOfflineQueue: true,
      socket: {
        // Whoever cannot reach it at the start has the wrong address.
        reconnectStrategy: (_retries, cause) => (ready ? RETRY_MS : cause),
      },
    });
    client.on('ready', () => (ready = true));
    client.on('error', (error: unknown) => this.logger.warn({ err: error }, 'Redis is away'));
    return client;
  }
}
