import { Injectable } from '@nestjs/common';
import type { Credentials, PasswordChange } from '@palmares/shared/auth/session';
import { AuditService } from '../audit/audit.service.js';
import { asOf, originNow } from '../http/origin.js';
import { ProblemError } from '../http/problem-error.js';
import { Database, type Tx } from '../platform/database.js';
import type { SignedIn } from './caller.js';
import { DoorLog } from './door-log.js';
import { hashPassword, isPassword } from './password.js';
import { PersonService } from './person.service.js';
import type { PersonRow } from './person.store.js';
import type { Opened } from './session-cookie.js';
import { SessionService } from './session.service.js';
import { ThrottleService } from './throttle.service.js';
import { refuseWeak } from './weak-password.js';
import type { Visitor } from './visitor.js';

type PasswordAction = 'password.change' | 'password.overrule';

/** Where somebody shows a password. */
@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly persons: PersonService,
    private readonly sessions: SessionService,
    private readonly throttle: ThrottleService,
    private readonly audit: AuditService,
    private readonly log: DoorLog,
  ) {}

  /** Problems: `wrong-credentials`, `too-many-requests`. */
  async signIn(given: Credentials, visitor: Visitor): Promise<Opened> {
    return this.shown(given, visitor, (tx, person) => this.sessions.open(tx, person.id, visitor));
  }

  /**
   * Every other session of the person ends, and this one goes on under a new secret. Problems:
   * `wrong-credentials`, `too-many-requests`, `invalid`, `forbidden` in the demo, whose passwords are public.
   */
  async changePassword(
    caller: SignedIn,
    change: PasswordChange,
    visitor: Visitor,
  ): Promise<Opened> {
    const { person, current } = await this.sessions.view(caller.sessionId);
    if (current?.organisation.demo) throw new ProblemError('forbidden', 'The demo keeps its own');
    await refuseWeak(change.password, await this.persons.called(person.id));
    const given = { email: person.email, password: change.current };
    return this.shown(given, visitor, async (tx, { id }) => {
      // Hashing is expensive: only a try that the throttle let in, with the right password, gets here.
      const passwordHash = await hashPassword(change.password);
      await this.persons.setPassword(tx, id, passwordHash);
      await this.record(tx, id, 'password.change');
      const { address } = visitor;
      tx.afterCommit(() => void this.log.note('password-changed', { address, personId: id }));
      return this.sessions.endOthers(tx, caller, visitor);
    });
  }

  /** Makes somebody an operator, with this password from now on; their sessions end. */
  async appoint(email: string, password: string): Promise<string> {
    const passwordHash = await hashPassword(password);
    return this.database.transaction((tx) => this.appointWithin(tx, email, passwordHash));
  }

  async appointWithin(tx: Tx, email: string, passwordHash: string): Promise<string> {
    const { id } = await this.persons.person(tx, email);
    await this.replace(tx, id, passwordHash, 'password.overrule');
    await this.persons.appoint(tx, id);
    return id;
  }

  /**
   * Overrules a password that was forgotten; the sessions end. `alone` takes the person out of every
   * organisation as well, for an e-mail that somebody else took: no admin can reset the password
   * then, and each organisation has to invite its true owner. Problems: `not-found`.
   */
  async overrule(email: string, password: string, alone = false): Promise<void> {
    const passwordHash = await hashPassword(password);
    await this.database.transaction(async (tx) => {
      const person = await this.persons.locked(tx, email);
      if (!person) throw new ProblemError('not-found', 'Nobody has this e-mail');
      await this.replace(tx, person.id, passwordHash, 'password.overrule');
      if (alone) await this.persons.expel(tx, person.id);
    });
  }

  /** Another password; whoever knew the one before is out. */
  async replace(tx: Tx, personId: string, passwordHash: string, action: PasswordAction) {
    await this.persons.setPassword(tx, personId, passwordHash);
    await this.sessions.endAll(tx, personId);
    await this.record(tx, personId, action);
    const event = action === 'password.change' ? 'password-changed' : 'password-overruled';
    tx.afterCommit(() => void this.log.note(event, { personId }));
  }

  /** A wrong password for somebody who is known, in each organisation that theirs opens. */
  private async recordWrong(personId: string): Promise<void> {
    const origin = originNow() ?? { actor: null, address: null, requestId: null };
    const write = () =>
      this.database.transaction(async (tx) => {
        for (const { organisationId, memberId } of await this.persons.places(tx, personId)) {
          const what = { action: 'session.refuse', subject: `member:${memberId}` } as const;
          await this.audit.write(tx, { organisationId, ...what, actor: 'nobody' });
        }
      });
    await asOf(origin, write).catch((error: unknown) => this.log.failed(error));
  }

  /** In every organisation that the password opens: changed by its member, or over their head. */
  private async record(tx: Tx, personId: string, action: PasswordAction): Promise<void> {
    for (const { organisationId, memberId } of await this.persons.places(tx, personId)) {
      const subject = `member:${memberId}`;
      const actor = action === 'password.change' ? { actor: subject } : {};
      await this.audit.write(tx, { organisationId, action, subject, ...actor });
    }
  }

  /**
   * What may be done only by whoever knows the password of this e-mail. It takes as long for an
   * e-mail that nobody has. Problems: `wrong-credentials`, `too-many-requests`.
   */
  async shown<Result>(
    { email, password }: Credentials,
    visitor: Visitor,
    then: (tx: Tx, person: PersonRow) => Promise<Result>,
  ): Promise<Result> {
    const { address } = visitor;
    const takeBack = await this.throttle.attempt(email, visitor).catch(async (error: unknown) => {
      await this.log.note('too-many-tries', { address, email });
      throw error;
    });
    const found = await this.persons.find(email);
    const matches = await isPassword(found?.passwordHash ?? null, password);
    if (!found || !matches) {
      await this.log.note('password-wrong', { address, email, personId: found?.id });
      // Nobody waits for it, who could learn from the time that it takes who is known here.
      if (found) void this.recordWrong(found.id);
      throw new ProblemError('wrong-credentials');
    }
    const result = await this.database.transaction(async (tx) => {
      const person = await this.persons.locked(tx, email);
      // Another one may have been chosen meanwhile: whoever knew the old one is out.
      if (person?.passwordHash !== found.passwordHash) throw new ProblemError('wrong-credentials');
      return then(tx, person);
    });
    await takeBack();
    return result;
  }
}
