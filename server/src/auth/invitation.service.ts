import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { InvitationView, IssuedInvitation } from '@palmares/shared/auth/session';
import { AuditService } from '../audit/audit.service.js';
import { actorNow } from '../http/origin.js';
import { ProblemError } from '../http/problem-error.js';
import { PeopleService } from '../people/people.service.js';
import { ProvenanceService } from '../people/provenance.service.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { hashPassword } from './password.js';
import { PersonService, type Entrant, type Person } from './person.service.js';
import * as store from './invitation.store.js';
import type { Opened } from './session-cookie.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';
import type { Visitor } from './visitor.js';
import { refuseWeak } from './weak-password.js';

const LASTS_MS = 7 * 86_400_000;
const hashOf = (token: string) => createHash('sha256').update(token).digest();

/** What somebody comes by: a link of a member, and a browser. */
interface Way {
  organisationId: string;
  memberId: string;
  token: string;
  visitor: Visitor;
}

/** Links by which members enter for the first time, or again after a forgotten password. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly persons: PersonService,
    private readonly sessions: SessionService,
    private readonly door: SignInService,
    private readonly audit: AuditService,
    private readonly provenance: ProvenanceService,
    people: PeopleService,
  ) {
    people.onMembersSaved(async (tx, { organisationId }, members) => {
      const ids = members.map(({ id }) => id);
      if (ids.length > 0) await store.dropMisaddressed(tx, organisationId, ids);
    });
  }

  /**
   * A link for a member, to be handed over; earlier ones open nothing any more. Problems:
   * `not-found`, `invalid` for a member without an e-mail, `reset-not-here` for somebody whose
   * password opens more than this organisation, `forbidden` in the demo.
   */
  async issue(organisationId: string, memberId: string, origin: string): Promise<IssuedInvitation> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(this.clock.now().getTime() + LASTS_MS);
    const kind = await this.database.transaction(async (tx) => {
      const member = await this.persons.entrant(tx, organisationId, memberId);
      // Its admin is anybody, who could choose the password of anybody.
      if (member.demo) throw new ProblemError('forbidden', 'Nobody is invited to the demo');
      if (member.personId && !(await this.mayReset(tx, organisationId, member.personId))) {
        throw new ProblemError('reset-not-here');
      }
      const kind = member.personId ? ('reset' as const) : ('invitation' as const);
      const tokenHash = hashOf(token);
      const { email } = member;
      const issuedBy = actorNow();
      const row = { organisationId, memberId, email, tokenHash, kind, expiresAt, issuedBy };
      await store.saveInvitation(tx, row);
      const subject = `member:${memberId}`;
      const after = { kind };
      await this.audit.write(tx, { organisationId, action: 'invitation.issue', subject, after });
      return kind;
    });
    // After the '#', so that no server and no log ever sees it.
    const url = `${origin}/invitation#${token}`;
    return { url, token, kind, expiresAt: expiresAt.toISOString() };
  }

  /** Problems: `not-found` for a link that is unknown, used, replaced or too old. */
  async view(token: string): Promise<InvitationView> {
    const { email, name, kind, locale, hasPassword } = await this.seen(token);
    return { email, organisation: { name }, kind, locale, hasPassword };
  }

  /**
   * Enters by a link, once: with a password chosen now, or with the one that the person of this
   * e-mail already has, so that no organisation opens the door of another. Problems: `not-found`,
   * `wrong-credentials`, `too-many-requests`, `invalid`.
   */
  async redeem(token: string, password: string, visitor: Visitor): Promise<Opened> {
    const seen = await this.seen(token);
    const { organisationId, memberId, email, hasPassword } = seen;
    const way = { organisationId, memberId, token, visitor };
    if (hasPassword) {
      return this.door.shown({ email, password }, visitor, (tx, person) =>
        this.enter(tx, person, way),
      );
    }
    await refuseWeak(password, [email, seen.name, seen.memberName]);
    const passwordHash = await hashPassword(password);
    return this.database.transaction(async (tx) => {
      const person = await this.persons.person(tx, email);
      return this.enter(tx, person, way, passwordHash);
    });
  }

  /** Everything is seen again under the locks: person, member, link, for all in this order. */
  private async enter(
    tx: Tx,
    person: Person,
    { organisationId, memberId, token, visitor }: Way,
    passwordHash?: string,
  ): Promise<Opened> {
    const member = await this.persons.entrant(tx, organisationId, memberId);
    if (member.email !== person.email) throw new ProblemError('not-found');
    const shown = { tokenHash: hashOf(token), email: member.email };
    const taken = await store.takeInvitation(tx, shown, this.clock.now());
    if (!taken) throw new ProblemError('not-found');
    const { kind, issuedBy } = taken;
    if (passwordHash !== undefined) {
      const reset = kind === 'reset' && (await this.resets(tx, organisationId, member, person));
      if (person.passwordHash !== null && !reset) throw new ProblemError('not-found');
      await this.door.replace(tx, person.id, passwordHash, 'password.change');
    }
    await this.persons.admitAs(tx, organisationId, memberId, person.id);
    const actor = `member:${memberId}`;
    const issuer = issuedBy ?? 'system';
    await this.provenance.note(tx, organisationId, actor, 'entrance', issuer);
    const what = { action: 'invitation.redeem', subject: actor, actor, after: { kind } } as const;
    await this.audit.write(tx, { organisationId, ...what });
    return this.sessions.open(tx, person.id, visitor, organisationId);
  }

  private async resets(tx: Tx, organisationId: string, member: Entrant, person: Person) {
    return member.personId === person.id && this.mayReset(tx, organisationId, person.id);
  }

  /** An admin answers for their own organisation, and not for where else a password leads. */
  private async mayReset(tx: Tx, organisationId: string, personId: string): Promise<boolean> {
    return !(await this.persons.opensMore(tx, personId, organisationId));
  }

  private async seen(token: string): Promise<store.SeenInvitation> {
    const now = this.clock.now();
    const found = await this.database.read((tx) => store.findInvitation(tx, hashOf(token), now));
    if (!found) throw new ProblemError('not-found');
    return found;
  }
}
