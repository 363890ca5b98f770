import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { MemberInput } from '@palmares/shared/people/member';
import { ProblemError } from '../http/problem-error.js';
import { PeopleService } from '../people/people.service.js';
import { ProvenanceService } from '../people/provenance.service.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { hashPassword, isPassword } from './password.js';
import * as store from './person.store.js';
import type { EntrantRow, PersonRow } from './person.store.js';

export type { EntrantRow as Entrant, PersonRow as Person } from './person.store.js';

interface Admission {
  organisationId: string;
  memberId: string;
  password: string;
  passwordHash: string;
}

const KNOWN =
  'leave the password out and hand over an invitation, or set theirs first (person:password)';

/** People as those who enter: by an e-mail, a password, and the members that they are. */
@Injectable()
export class PersonService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly provenance: ProvenanceService,
  ) {}

  /**
   * Adds a member who enters by this password from the start: both, or neither. For the command
   * line: everybody else accepts an invitation. Problems: those of `createMember` and of `admit`.
   */
  async add(organisationId: string, input: MemberInput, password: string): Promise<string> {
    const passwordHash = await hashPassword(password);
    return this.database.transaction(async (tx) => {
      const memberId = await this.people.createMemberWithin(tx, organisationId, input);
      await this.admitWithin(tx, { organisationId, memberId, password, passwordHash });
      return memberId;
    });
  }

  /**
   * Lets the person of the member’s e-mail enter by a password: chosen now where they have none,
   * else the one that they have. Another one is refused, since somebody else may have chosen theirs.
   * Problems: `not-found`, also for a member without an e-mail; `person-known`.
   */
  async admit(organisationId: string, memberId: string, password: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    await this.database.transaction((tx) =>
      this.admitWithin(tx, { organisationId, memberId, password, passwordHash }),
    );
  }

  private async admitWithin(
    tx: Tx,
    { organisationId, memberId, password, passwordHash }: Admission,
  ): Promise<void> {
    const email = await store.memberEmail(tx, organisationId, memberId);
    if (!email) throw new ProblemError('not-found', 'There is no member with an e-mail');
    // The person is locked before the member, as wherever somebody enters.
    const person = await this.person(tx, email);
    const member = await this.entrant(tx, organisationId, memberId);
    if (member.email !== email) throw new ProblemError('not-found');
    if (person.passwordHash === null) await store.setPassword(tx, person.id, passwordHash);
    else if (!(await isPassword(person.passwordHash, password))) {
      throw new ProblemError('person-known', KNOWN);
    }
    await store.admit(tx, organisationId, memberId, person.id);
    await this.provenance.note(tx, organisationId, `member:${memberId}`, 'entrance');
  }

  /** The person of an e-mail, made when there is none; nobody changes them meanwhile. */
  async person(tx: Tx, email: string): Promise<PersonRow> {
    return store.personOf(tx, { id: uuid(), email }, this.clock.now());
  }

  async find(email: string): Promise<PersonRow | undefined> {
    return this.database.read((tx) => store.findPerson(tx, email));
  }

  /** The person of an e-mail; nobody changes them meanwhile. */
  async locked(tx: Tx, email: string): Promise<PersonRow | undefined> {
    return store.lockPerson(tx, email);
  }

  async email(tx: Tx, id: string): Promise<string> {
    return (await store.emailOf(tx, id)) ?? '';
  }

  async setPassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
    await store.setPassword(tx, id, passwordHash);
  }

  /**
   * A member as somebody who may enter; nobody else lets them in meanwhile. Problems:
   * `not-found`, `invalid` for one without an e-mail.
   */
  async entrant(tx: Tx, organisationId: string, memberId: string): Promise<EntrantRow> {
    const member = await store.lockEntrant(tx, organisationId, memberId);
    if (!member) throw new ProblemError('not-found');
    if (!member.email) throw new ProblemError('invalid', 'The member has no e-mail to enter with');
    return { ...member, email: member.email };
  }

  async admitAs(tx: Tx, organisationId: string, memberId: string, personId: string) {
    await store.admit(tx, organisationId, memberId, personId);
  }

  /** True when the password of a person opens more than this organisation. */
  async opensMore(tx: Tx, personId: string, organisationId: string): Promise<boolean> {
    return store.opensMore(tx, personId, organisationId);
  }

  /** The person enters no organisation any more until they accept an invitation again. */
  async expel(tx: Tx, personId: string): Promise<void> {
    await store.expel(tx, personId);
  }

  /** What everybody knows of a person: e-mail, names, organisations. */
  async called(personId: string): Promise<string[]> {
    return this.database.read((tx) => store.calledOf(tx, personId));
  }

  /** The members that a person is. */
  async places(tx: Tx, id: string) {
    return store.placesOf(tx, id);
  }

  async appoint(tx: Tx, id: string): Promise<void> {
    await store.setOperator(tx, id);
  }
}
