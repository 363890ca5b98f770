import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Caller } from '../auth/caller.js';
import { WalletService } from '../ledger/wallet.service.js';
import { LiveGateway } from '../live/live.gateway.js';
import { Signal } from '../live/signal.js';
import { LOGGER } from '../platform/platform.module.js';

interface Listening {
  organisationId: string;
  /** How much of their statement they know of. */
  line: Promise<number>;
}

/** Tells members of points that have come or gone, through the sockets of this process. */
@Injectable()
export class PointsPublisher {
  private readonly listening = new Map<string, Listening>();

  constructor(
    private readonly wallets: WalletService,
    private readonly gateway: LiveGateway,
    signal: Signal,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    gateway.onSubscribed((topic, bearer) => {
      if (topic === 'me') this.welcome(bearer as Caller);
    });
    signal.on((message) => {
      if (message.kind !== 'posted') return;
      const { organisationId, memberIds } = message;
      for (const memberId of memberIds ?? this.listening.keys()) {
        this.bring(memberId, organisationId);
      }
    });
    signal.onReconnected(() => {
      for (const [memberId, { organisationId }] of this.listening) {
        this.bring(memberId, organisationId);
      }
    });
  }

  private welcome(caller: Caller): void {
    if (caller.kind !== 'member' || this.listening.has(caller.memberId)) return;
    const { organisationId, memberId } = caller;
    this.keep(memberId, { organisationId, line: this.wallets.lastLine(organisationId, memberId) });
  }

  private keep(memberId: string, listening: Listening): void {
    this.listening.set(memberId, listening);
    listening.line.catch((error: unknown) => {
      this.listening.delete(memberId);
      this.logger.error({ err: error }, 'nobody could be told of their points');
    });
  }

  private bring(memberId: string, organisationId: string): void {
    const known = this.listening.get(memberId);
    if (known?.organisationId !== organisationId) return;
    if (!this.gateway.hasListeners(`member:${memberId}`)) {
      this.listening.delete(memberId);
      return;
    }
    const line = known.line.then(async (last) => {
      const rows = await this.wallets.postedSince(organisationId, memberId, last);
      for (const { currency, amount, reason, available } of rows) {
        if (amount === 0) continue;
        const frame = { memberId, currency, amount, reason, available };
        this.gateway.emit(`member:${memberId}`, 'points.posted', frame);
      }
      return rows.at(-1)?.line ?? last;
    });
    this.keep(memberId, { organisationId, line });
  }
}
