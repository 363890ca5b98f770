import { Injectable } from '@nestjs/common';
import { expire } from '@palmares/shared/ledger/entitlement';
import { localDay, type Day } from '@palmares/shared/time/day';
import { v7 as uuid } from 'uuid';
import { Signal } from '../live/signal.js';
import { PeopleService } from '../people/people.service.js';
import { Database } from '../platform/database.js';
import { Schedule } from '../platform/schedule.js';
import { Journal } from './journal.js';
import * as walletStore from './wallet.store.js';

const EVERY_MS = 60_000;
const WALLETS = 500;

/** Lets points expire on their day, in the zone of their organisation; late is the same as in time. */
@Injectable()
export class ExpiryService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleService,
    private readonly signal: Signal,
    schedule: Schedule,
  ) {
    schedule.every(EVERY_MS, 'let points expire', (now) => this.expire(now));
  }

  /**
   * Posts every expiry that is due. Any number of processes may do so at once: each takes wallets
   * that nobody else has, and what one leaves out the next look finds.
   */
  async expire(now: Date): Promise<{ expired: number }> {
    let expired = 0;
    // Nowhere is it later than in the zone that is furthest ahead.
    const latest = localDay('Pacific/Kiritimati')(now.getTime());
    const overdue = await this.database.read((tx) => walletStore.overdue(tx, latest));
    for (const organisationId of overdue) {
      const { id, timeZone } = await this.people.organisation(organisationId);
      const today = localDay(timeZone)(now.getTime());
      for (let count = -1; count !== 0; expired += count) {
        count = await this.some(id, today, now);
      }
    }
    return { expired };
  }

  /** Some wallets, in a transaction of their own; how many lots expired. */
  private async some(organisationId: string, today: Day, now: Date): Promise<number> {
    return this.database.transaction(async (tx) => {
      const open = await walletStore.lockOverdue(tx, organisationId, today, WALLETS);
      await walletStore.loadLots(tx, organisationId, open);
      const journal = new Journal({ organisationId, seq: null, now, actor: null }, this.signal);
      for (const one of open) {
        for (const posting of expire(one.wallet, today, uuid)) {
          // A lot expires once: the reference is its own, and unique.
          const reference = `expiry/${posting.parts[0]?.lotId}`;
          journal.enter(one, [posting], { reference, count: 0, reason: 'expiry' });
        }
      }
      await journal.write(tx);
      return journal.size;
    });
  }
}
