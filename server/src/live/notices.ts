import { Injectable } from '@nestjs/common';
import type { Notice } from '@palmares/shared/notification/notification';
import type { Tx } from '../platform/database.js';

/** The same told to some members; under a key each of them is told once. */
export interface Sending {
  memberIds: readonly string[];
  key: string;
  about: Notice;
}

/** Keeps what is sent for those whom it is for; answers to how many it was new. */
export type NoticeKeeper = (tx: Tx, organisationId: string, sending: Sending) => Promise<number>;

/** Marks as read what a member has seen to in another way. */
export type NoticeSettler = (tx: Tx, organisationId: string, done: Settled) => Promise<void>;

export interface Settled {
  memberId: string;
  /** How the keys begin under which it was told. */
  under: readonly string[];
}

/** Where any room tells members something, with the transaction in which it happens. */
@Injectable()
export class Notices {
  private keeper: NoticeKeeper | undefined;
  private settler: NoticeSettler | undefined;

  /** The room that keeps notices says so once. */
  serve(keeper: NoticeKeeper, settler: NoticeSettler): void {
    this.keeper = keeper;
    this.settler = settler;
  }

  /** Whoever has done what they were told to do has read it. */
  async settle(tx: Tx, organisationId: string, done: Settled): Promise<void> {
    await this.settler?.(tx, organisationId, done);
  }

  async send(tx: Tx, organisationId: string, sending: Sending): Promise<number> {
    if (!this.keeper) throw new Error('nobody keeps notices');
    return sending.memberIds.length === 0 ? 0 : this.keeper(tx, organisationId, sending);
  }
}
