import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Setup } from '@palmares/shared/auth/session';
import { asOf } from '../http/origin.js';
import { ProblemError } from '../http/problem-error.js';
import { PeopleService } from '../people/people.service.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { hashPassword } from './password.js';
import { PersonService } from './person.service.js';
import type { Opened } from './session-cookie.js';
import { SessionService } from './session.service.js';
import * as store from './setup.store.js';
import { SignInService } from './sign-in.service.js';
import { ThrottleService } from './throttle.service.js';
import type { Visitor } from './visitor.js';
import { refuseWeak } from './weak-password.js';

const LASTS_MS = 24 * 3_600_000;

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/** How an installation gets its first organisation: by a link that the server writes to its log. */
@Injectable()
export class SetupService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly persons: PersonService,
    private readonly sessions: SessionService,
    private readonly door: SignInService,
    private readonly throttle: ThrottleService,
  ) {}

  /** The token of a link, where there is no organisation yet; earlier ones open nothing. */
  async offer(): Promise<string | undefined> {
    if ((await this.people.organisations()).length > 0) return undefined;
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(this.clock.now().getTime() + LASTS_MS);
    await this.database.transaction((tx) => store.replaceLink(tx, hashOf(token), expiresAt));
    return token;
  }

  /** Problems: `not-found` for a link that is unknown, used, replaced or too old. */
  async view(token: string): Promise<{ expiresAt: string }> {
    const now = this.clock.now();
    const expiresAt = await this.database.read((tx) => store.findLink(tx, hashOf(token), now));
    if (!expiresAt) throw new ProblemError('not-found');
    return { expiresAt: expiresAt.toISOString() };
  }

  /**
   * Makes the organisation and its first admin, who runs the installation too, and signs them in:
   * all of it or, where anything fails, nothing, and the link stays good. Problems: `not-found`,
   * `too-many-requests`, `invalid`.
   */
  async make({ token, admin, ...organisation }: Setup, visitor: Visitor): Promise<Opened> {
    // Only who has the link is counted, and has us hash a password: nobody else can be in the way.
    await this.view(token);
    const { name, email, password } = admin;
    await refuseWeak(password, [email, name, organisation.name], '/admin/password');
    const takeBack = await this.throttle.attempt('setup', visitor);
    const passwordHash = await hashPassword(password);
    const input = { name, email, roles: ['admin' as const], kind: 'employee' as const };
    const here = { actor: 'setup', address: visitor.address, requestId: null };
    const opened = await asOf(here, () =>
      this.database.transaction(async (tx) => {
        // Of two at once the second waits here, and finds the link used.
        if (!(await store.takeLink(tx, hashOf(token), this.clock.now()))) {
          throw new ProblemError('not-found');
        }
        const { id } = await this.people.createOrganisationWithin(tx, organisation);
        const memberId = await this.people.createMemberWithin(tx, id, input);
        const personId = await this.door.appointWithin(tx, email, passwordHash);
        await this.persons.admitAs(tx, id, memberId, personId);
        return this.sessions.open(tx, personId, visitor, id);
      }),
    );
    await takeBack();
    return opened;
  }
}
