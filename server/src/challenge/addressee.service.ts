import { Injectable } from '@nestjs/common';
import { ProblemError } from '../http/problem-error.js';
import { ManagementService } from '../people/management.service.js';
import { PeopleService } from '../people/people.service.js';
import type { MemberCaller } from '../auth/caller.js';
import { addDays } from '@palmares/shared/time/day';
import type { Tx } from '../platform/database.js';
import * as store from './addressee.store.js';
import type { Addressee } from './addressee.store.js';

/** Those to whom a challenge speaks: whoever takes part in it, and is still there. */
@Injectable()
export class AddresseeService {
  constructor(
    private readonly people: PeopleService,
    private readonly managements: ManagementService,
  ) {}

  async list(tx: Tx, organisationId: string, challengeId: string): Promise<Addressee[]> {
    const today = await this.people.today(organisationId, tx);
    return store.list(tx, organisationId, challengeId, today);
  }

  /** Problems: `not-a-participant`. */
  async need(tx: Tx, caller: MemberCaller, challengeId: string): Promise<Addressee> {
    const { organisationId, memberId } = caller;
    const today = await this.people.today(organisationId, tx);
    const found = await store.find(tx, organisationId, challengeId, today, memberId);
    if (!found) throw new ProblemError('not-a-participant');
    return found;
  }

  /** Problems: `not-found`. */
  async challenge(tx: Tx, organisationId: string, challengeId: string) {
    const found = await store.challenge(tx, organisationId, challengeId);
    if (!found) throw new ProblemError('not-found');
    return found;
  }

  /** Those whom a member manages today, or stands in for whoever does. */
  async managed(tx: Tx, organisationId: string, memberId: string): Promise<Set<string>> {
    const today = await this.people.today(organisationId, tx);
    const period = { from: today, to: addDays(today, 1) };
    const managed = this.managements.managedMembers(tx, organisationId, memberId, period);
    return new Set((await managed).members.map((one) => one.memberId));
  }
}
