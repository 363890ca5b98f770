import { Injectable } from '@nestjs/common';
import type { AuditAction, AuditEntryView } from '@palmares/shared/audit/audit';
import { v7 as uuid } from 'uuid';
import { actorNow, originNow } from '../http/origin.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import * as store from './audit.store.js';
import type { AuditFilter } from './audit.store.js';

/** What a command did. Nothing personal: members by their id, never their names or texts. */
export interface AuditEntry {
  organisationId: string;
  action: AuditAction;
  subject: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** Who did it, where that is not who sent the request. */
  actor?: string;
  behalf?: string | null;
}

/** The record of who did what. */
@Injectable()
export class AuditService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Writes down a command in its own transaction: it happened with it, or not at all. */
  async write(tx: Tx, entry: AuditEntry): Promise<void> {
    const { organisationId, actor, behalf = null, before = null, after = null, ...what } = entry;
    const origin = originNow();
    await store.insert(tx, organisationId, {
      ...what,
      id: uuid(),
      at: this.clock.now(),
      actor: actor ?? actorNow(),
      behalf,
      before,
      after,
      address: origin?.address ?? null,
      requestId: origin?.requestId ?? null,
    });
  }

  /** The actor of the latest entry with this action and this subject; null where there is no entry. */
  async lastActor(
    tx: Tx,
    organisationId: string,
    subject: string,
    action: AuditAction,
  ): Promise<string | null> {
    const [entry] = await store.list(tx, organisationId, { subject, action, limit: 1 });
    return entry?.actor ?? null;
  }

  /** A page of entries, newest first, and what the teams in it are called. */
  async list(organisationId: string, { limit, ...filter }: AuditFilter) {
    return this.database.read(async (tx) => {
      const rows = await store.list(tx, organisationId, { ...filter, limit: limit + 1 });
      const items = rows.slice(0, limit).map(({ at, actor, name, ...row }): AuditEntryView => {
        return { ...row, at: at.toISOString(), actor: { signature: actor, name } };
      });
      const nextCursor = rows.length > limit ? (items.at(-1)?.id ?? null) : null;
      const teams = await store.teamNames(tx, organisationId, idsIn(items));
      return { items, nextCursor, teams };
    });
  }
}

const ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/** Whatever could be the id of something, wherever an entry has it. */
function idsIn(items: readonly AuditEntryView[]): string[] {
  const texts = items.map(({ subject, before, after }) => JSON.stringify([subject, before, after]));
  return [...new Set(texts.flatMap((text) => text.match(ID) ?? []))];
}
