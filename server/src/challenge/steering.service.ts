import { Injectable } from '@nestjs/common';
import { permits, reachOf } from '@palmares/shared/access/policy';
import { audienceSchema } from '@palmares/shared/challenge/audience';
import type { ChallengeDefinitionInput } from '@palmares/shared/challenge/challenge';
import { isInside, outsideOf, type Outside } from '@palmares/shared/challenge/steering';
import type { People } from '@palmares/shared/people/membership';
import { addDays } from '@palmares/shared/time/day';
import type { Caller, SystemCaller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { ManagementService } from '../people/management.service.js';
import { PeopleService, type MemberRow } from '../people/people.service.js';
import type { Tx } from '../platform/database.js';

/** Of a challenge, in the words of the API, what says who competes. */
type Competing = Pick<ChallengeDefinitionInput, 'audience' | 'observers' | 'from' | 'to'>;
/** What a challenge reaches beyond what a caller may steer. */
type Reach = (challenge: Competing) => Outside;

/**
 * Who may draft, launch, change, certify and cancel which challenge: an admin every one, a manager
 * those in which only people of the managed teams may compete.
 */
@Injectable()
export class SteeringService {
  constructor(
    private readonly people: PeopleService,
    private readonly managements: ManagementService,
  ) {}

  /** Call it in the turn that writes, so that no change of people comes between. Problems: `beyond-teams`. */
  async need(
    tx: Tx,
    caller: Caller | SystemCaller,
    ...challenges: readonly Competing[]
  ): Promise<void> {
    if (isFree(caller)) return;
    const reach = await this.reach(tx, caller);
    for (const challenge of challenges) {
      const outside = reach(challenge);
      if (!isInside(outside)) throw new ProblemError('beyond-teams', sentenceOf(outside));
    }
  }

  /** As `need`; HR signs for every challenge. */
  async needToSign(tx: Tx, caller: Caller, challenge: Competing): Promise<void> {
    if (reachOf('challenge.certify', caller) === 'organisation') return;
    await this.need(tx, caller, challenge);
  }

  /** Says of each challenge whether a caller may steer it. */
  async sight(tx: Tx, caller: Caller): Promise<(challenge: Competing) => boolean> {
    if (isFree(caller)) return () => true;
    if (!permits('challenge.steer', caller)) return () => false;
    const reach = await this.reach(tx, caller);
    return (challenge) => isInside(reach(challenge));
  }

  /** Which of these managers may steer a challenge. */
  async steerers(
    tx: Tx,
    organisationId: string,
    memberIds: readonly string[],
    challenge: Competing,
  ): Promise<Set<string>> {
    const found = new Set<string>();
    const people = await this.people.everybody(tx, organisationId);
    for (const memberId of memberIds) {
      const reach = await this.reachFor(tx, organisationId, memberId, people);
      if (isInside(reach(challenge))) found.add(memberId);
    }
    return found;
  }

  private async reach(tx: Tx, caller: Caller | SystemCaller): Promise<Reach> {
    if (caller.kind !== 'member') throw new ProblemError('forbidden');
    const { organisationId, memberId } = caller;
    const people = await this.people.everybody(tx, organisationId);
    return this.reachFor(tx, organisationId, memberId, people);
  }

  private async reachFor(
    tx: Tx,
    organisationId: string,
    memberId: string,
    people: People<MemberRow>,
  ): Promise<Reach> {
    const today = await this.people.today(organisationId, tx);
    const period = { from: today, to: addDays(today, 1) };
    const { teamIds } = await this.managements.managedMembers(tx, organisationId, memberId, period);
    return ({ audience, observers = [], from, to }) => {
      const competition = { audience: audienceSchema.parse(audience), observers, from, to };
      return outsideOf(competition, people, teamIds, today);
    };
  }
}

/** Whose steering has no bounds. */
const isFree = (caller: Caller | SystemCaller): boolean =>
  caller.kind === 'system' || reachOf('challenge.steer', caller) === 'organisation';

const counted = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;

function sentenceOf({ members, teams }: Outside): string {
  const parts = [
    ...(members.length > 0 ? [counted(members.length, 'person is', 'people are')] : []),
    ...(teams.length > 0 ? [counted(teams.length, 'team is', 'teams are')] : []),
  ];
  return `${parts.join(' and ')} not yours to manage: choose your teams, or ask an admin`;
}
