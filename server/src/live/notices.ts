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

/** Where any room tells members something, with the transaction in which it happens. */
@Injectable()
export class Notices {
  private keeper: NoticeKeeper | undefined;

  /** The room that keeps notices says so once. */
  serve(keeper: NoticeKeeper): void {
    this.keeper = keeper;
  }

  async send(tx: Tx, organisationId: string, sending: Sending): Promise<number> {
    if (!this.keeper) throw new Error('nobody keeps notices');
    return sending.memberIds.length === 0 ? 0 : this.keeper(tx, organisationId, sending);
  }
}
