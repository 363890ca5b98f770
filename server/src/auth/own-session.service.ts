import { Injectable } from '@nestjs/common';
import type { OwnSession } from '@palmares/shared/auth/own-session';
import { AuditService } from '../audit/audit.service.js';
import { ProblemError } from '../http/problem-error.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import type { SignedIn } from './caller.js';
import { DoorLog } from './door-log.js';
import * as store from './own-session.store.js';
import { PersonService } from './person.service.js';
import { deleteSessionsOf } from './session.store.js';
import { IDLE_MS, LASTS_MS, ofId, SessionService } from './session.service.js';

/** Where somebody is signed in, and how that ends elsewhere. */
@Injectable()
export class OwnSessionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sessions: SessionService,
    private readonly persons: PersonService,
    private readonly audit: AuditService,
    private readonly log: DoorLog,
  ) {}

  /** One’s own; in the demo, whose accounts are everybody’s, only the one that asks. */
  async list(caller: SignedIn): Promise<OwnSession[]> {
    const now = this.clock.now().getTime();
    const [signedIn, seen] = [new Date(now - LASTS_MS), new Date(now - IDLE_MS)];
    const current = ofId(caller.sessionId);
    const shared = await this.isShared(caller);
    const rows = await this.database.read((tx) =>
      store.listSessions(tx, caller.personId, current, signedIn, seen),
    );
    return rows
      .filter((one) => !shared || one.current)
      .map(({ signedInAt, seenAt, ...one }) => {
        return { ...one, signedInAt: signedInAt.toISOString(), seenAt: seenAt.toISOString() };
      });
  }

  /** Problems: `not-found`, `forbidden` in the demo. */
  async end(caller: SignedIn, id: string): Promise<void> {
    await this.ending(caller, async (tx) => {
      const ended = await store.deleteOne(tx, caller.personId, id);
      if (ended.length === 0) throw new ProblemError('not-found');
      return ended;
    });
  }

  /** All but the one that asks. Problems: `forbidden` in the demo. */
  async endOthers(caller: SignedIn): Promise<void> {
    const current = ofId(caller.sessionId);
    await this.ending(caller, (tx) => deleteSessionsOf(tx, caller.personId, current));
  }

  /**
   * A member has to sign in again to enter the organisation, wherever they are signed in now. What
   * they do in other organisations goes on. Problems: `not-found`, `forbidden` in the demo.
   */
  async endOfMember(organisationId: string, memberId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const member = await store.barSessions(tx, organisationId, memberId, now);
      if (!member) throw new ProblemError('not-found');
      if (member.demo) throw new ProblemError('forbidden', 'The accounts of the demo are shared');
      const { personId } = member;
      const ended = personId ? await store.deleteWithin(tx, organisationId, personId) : [];
      await this.sessions.announce(tx, ended);
      const subject = `member:${memberId}`;
      const after = { sessions: ended.length };
      await this.audit.write(tx, { organisationId, action: 'sessions.end', subject, after });
      const what = { sessions: ended.length, ...(personId !== null && { personId }) };
      tx.afterCommit(() => void this.log.note('sessions-ended', what));
    });
  }

  private async ending(caller: SignedIn, end: (tx: Tx) => Promise<Buffer[]>): Promise<void> {
    if (await this.isShared(caller)) {
      throw new ProblemError('forbidden', 'The accounts of the demo are shared');
    }
    await this.database.transaction(async (tx) => {
      const ended = await end(tx);
      if (ended.length === 0) return;
      const { personId } = caller;
      tx.afterCommit(
        () => void this.log.note('sessions-ended', { personId, sessions: ended.length }),
      );
      await this.sessions.announce(tx, ended);
      for (const { organisationId, memberId } of await this.persons.places(tx, caller.personId)) {
        const subject = `member:${memberId}`;
        const what = { action: 'sessions.end', subject, actor: subject } as const;
        const after = { sessions: ended.length };
        await this.audit.write(tx, { organisationId, ...what, after });
      }
    });
  }

  private async isShared({ sessionId }: SignedIn): Promise<boolean> {
    const { current } = await this.sessions.view(sessionId);
    return current?.organisation.demo ?? false;
  }
}
