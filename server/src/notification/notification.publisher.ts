import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Caller } from '../auth/caller.js';
import { LiveGateway } from '../live/live.gateway.js';
import { Signal } from '../live/signal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { LOGGER } from '../platform/platform.module.js';
import { viewOf } from './notification.service.js';
import * as store from './notification.store.js';

/** Clocks of several machines, and transactions that take their time. */
const SLACK_MS = 60_000;

/** Brings what members are told to their sockets of this process. */
@Injectable()
export class NotificationPublisher {
  private heardAt: Date;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly gateway: LiveGateway,
    signal: Signal,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.heardAt = clock.now();
    signal.on((message) => {
      this.heardAt = clock.now();
      if (message.kind !== 'notified') return;
      const { organisationId, sendingId } = message;
      this.bring(organisationId, { sendingId });
    });
    // What was sent while the line was down; who has some of it already knows it by its id.
    signal.onReconnected(() => {
      const since = new Date(this.heardAt.getTime() - SLACK_MS);
      for (const organisationId of this.listeners().keys()) this.bring(organisationId, { since });
    });
  }

  /** The members who listen through this process, by organisation. */
  private listeners(): Map<string, Set<string>> {
    const listeners = new Map<string, Set<string>>();
    for (const { bearer } of this.gateway.holders()) {
      const caller = bearer as Caller;
      if (caller.kind !== 'member') continue;
      const known = listeners.get(caller.organisationId) ?? new Set();
      listeners.set(caller.organisationId, known.add(caller.memberId));
    }
    return listeners;
  }

  private bring(organisationId: string, which: { sendingId?: string; since?: Date }): void {
    const memberIds = [...(this.listeners().get(organisationId) ?? [])];
    if (memberIds.length === 0) return;
    this.database
      .read((tx) => store.sent(tx, organisationId, memberIds, which))
      .then((rows) => {
        for (const row of rows) {
          this.gateway.emit(`member:${row.memberId}`, 'notification.created', viewOf(row));
        }
      })
      .catch((error: unknown) => this.logger.error({ err: error }, 'nobody could be told'));
  }
}
