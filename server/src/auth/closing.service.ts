import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { Signal } from '../live/signal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import * as store from './closing.store.js';
import { SessionService } from './session.service.js';

/** Closes an organisation for everybody: nothing is erased, and nothing opens it any more. */
@Injectable()
export class ClosingService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly signal: Signal,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
  ) {}

  /** Demos that a password, a key or a board link still opens. */
  async openDemos(): Promise<string[]> {
    return this.database.read(store.openDemos);
  }

  /** Revokes keys and board links, ends sessions, and parts the members from their people. */
  async close(organisationId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const credentials = await store.revokeCredentials(tx, organisationId, this.clock.now());
      const persons = await store.expelAll(tx, organisationId);
      const idle = await store.forgetPasswords(tx, persons);
      await this.sessions.announce(tx, await store.deleteSessions(tx, organisationId, idle));
      for (const { id, kind } of credentials) {
        const action = kind === 'key' ? 'key.revoke' : 'board-link.revoke';
        await this.audit.write(tx, { organisationId, action, subject: `${kind}:${id}` });
        await this.signal.send(tx, { kind: 'revoked', credentialId: id });
      }
    });
  }
}
