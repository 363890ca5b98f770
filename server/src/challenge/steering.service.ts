import { Injectable } from '@nestjs/common';
import { permits, reachOf } from '@palmares/shared/access/policy';
import { audienceSchema } from '@palmares/shared/challenge/audience';
import type { ChallengeDefinitionInput } from '@palmares/shared/challenge/challenge';
import { isInside, outsideOf, type Outside } from '@palmares/shared/challenge/steering';
import { addDays } from '@palmares/shared/time/day';
import type { Caller, SystemCaller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { ManagementService } from '../people/management.service.js';
import { PeopleService } from '../people/people.service.js';
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
    const reaches = await this.reaches(tx, organisationId, memberIds);
    return new Set([...reaches].flatMap(([id, reach]) => (isInside(reach(challenge)) ? [id] : [])));
  }

  private async reach(tx: Tx, caller: Caller | SystemCaller): Promise<Reach> {
    if (caller.kind !== 'member') throw new ProblemError('forbidden');
    const { organisationId, memberId } = caller;
    const reaches = await this.reaches(tx, organisationId, [memberId]);
    const reach = reaches.get(memberId);
    if (!reach) throw new ProblemError('forbidden');
    return reach;
  }

  /** Of each member, what of a challenge lies beyond the teams that they manage today. */
  private async reaches(
    tx: Tx,
    organisationId: string,
    memberIds: readonly string[],
  ): Promise<Map<string, Reach>> {
    const people = await this.people.everybody(tx, organisationId);
    const today = await this.people.today(organisationId, tx);
    const period = { from: today, to: addDays(today, 1) };
    const managed = await this.managements.managedByEach(tx, organisationId, memberIds, period);
    const reachOfTeams =
      (teamIds: ReadonlySet<string>): Reach =>
      ({ audience, observers = [], from, to }) => {
        const competition = { audience: audienceSchema.parse(audience), observers, from, to };
        return outsideOf(competition, people, teamIds, today);
      };
    return new Map(
      memberIds.map((id) => [id, reachOfTeams(managed.get(id)?.teamIds ?? new Set())]),
    );
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
