import { Injectable } from '@nestjs/common';
import type { Notification } from '@palmares/shared/notification/notification';
import { v7 as uuid } from 'uuid';
import { ProblemError } from '../http/problem-error.js';
import { Notices, type Sending } from '../live/notices.js';
import { Signal } from '../live/signal.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import * as store from './notification.store.js';
import type { NotificationRow } from './notification.store.js';

/** What members are told inside the product. */
@Injectable()
export class NotificationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly signal: Signal,
    notices: Notices,
  ) {
    notices.serve(
      (tx, organisationId, sending) => this.keep(tx, organisationId, sending),
      (tx, organisationId, done) => store.readUnder(tx, organisationId, done, this.clock.now()),
    );
  }

  /** A page of a member’s own, newest first. */
  async list(
    organisationId: string,
    memberId: string,
    { limit, ...query }: { unread: boolean; cursor?: string | undefined; limit: number },
  ) {
    return this.database.snapshot(async (tx) => {
      const page = { ...query, limit: limit + 1 };
      const rows = await store.list(tx, organisationId, memberId, page);
      const unread = await store.countUnread(tx, organisationId, memberId);
      const items = rows.slice(0, limit).map(viewOf);
      const nextCursor = rows.length > limit ? (items.at(-1)?.id ?? null) : null;
      return { items, unread, nextCursor };
    });
  }

  /** Marks one of a member’s own as read; again changes nothing. Problems: `not-found`. */
  async read(organisationId: string, memberId: string, id: string): Promise<void> {
    const now = this.clock.now();
    const found = await this.database.transaction((tx) =>
      store.read(tx, organisationId, memberId, id, now),
    );
    if (!found) throw new ProblemError('not-found');
  }

  private async keep(tx: Tx, organisationId: string, sending: Sending): Promise<number> {
    const memberIds = [...new Set(sending.memberIds)];
    const sendingId = uuid();
    const ids = memberIds.map(() => uuid());
    const made = { ids, sendingId, now: this.clock.now() };
    const count = await store.insert(tx, organisationId, { ...sending, memberIds }, made);
    if (count > 0) await this.signal.send(tx, { kind: 'notified', organisationId, sendingId });
    return count;
  }
}

export function viewOf({ id, about, createdAt, readAt }: NotificationRow): Notification {
  const read = readAt?.toISOString() ?? null;
  return { id, about, createdAt: createdAt.toISOString(), readAt: read };
}
