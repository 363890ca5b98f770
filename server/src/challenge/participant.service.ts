import { Injectable } from '@nestjs/common';
import { Attendance } from '@palmares/shared/challenge/attendance';
import type { ChallengeDefinition } from '@palmares/shared/challenge/challenge';
import { Lineup } from '@palmares/shared/challenge/lineup';
import { employedIn } from '@palmares/shared/people/presence';
import type { Day } from '@palmares/shared/time/day';
import { ProblemError } from '../http/problem-error.js';
import { PeopleService, type MemberRow } from '../people/people.service.js';
import type { Turn } from '../people/sequence.js';
import type { Tx } from '../platform/database.js';
import { LineupService } from './lineup.service.js';
import * as store from './score.store.js';
import type { RunningChallenge } from './scoring.js';

/** Who takes part in a challenge. */
@Injectable()
export class ParticipantService {
  constructor(
    private readonly people: PeopleService,
    private readonly lineups: LineupService,
  ) {}

  /** Whom a definition is for, as people are now. Problems: `member-unknown`, `team-unknown`. */
  async subjects(
    tx: Tx,
    organisationId: string,
    definition: ChallengeDefinition,
  ): Promise<string[]> {
    const { audience, observers } = definition;
    const people = await this.people.everybody(tx, organisationId);
    const knows = (id: string) => people.members.has(id);
    refuseUnknown('member-unknown', '/observers', observers, knows);
    if (audience.kind === 'members') {
      refuseUnknown('member-unknown', '/audience/memberIds', audience.memberIds, knows);
      return [...new Set(audience.memberIds)];
    }
    if (audience.kind === 'everyone') {
      return competing([...people.members.values()], definition);
    }
    const { teamIds } = audience;
    if (!teamIds) return new Lineup(people, definition, observers).lowest();
    const teams = new Set(people.teams.map(({ id }) => id));
    refuseUnknown('team-unknown', '/audience/teamIds', teamIds, (id) => teams.has(id));
    if (audience.kind === 'teams') return [...new Set(teamIds)];
    const attendance = Attendance.of(people, definition, teamIds, observers);
    return belonging([...people.members.values()], definition, attendance);
  }

  /** Who enters a running challenge once a turn has changed people. */
  async newcomers(
    tx: Tx,
    turn: Turn,
    challenge: RunningChallenge,
    members: readonly MemberRow[],
  ): Promise<string[]> {
    const { definition, id } = challenge;
    const { audience } = definition;
    if (definition.joiners === 'stay-out') return [];
    if (audience.kind === 'everyone') return competing(members, definition);
    if (audience.kind === 'members') return [];
    if (audience.kind === 'teams' && audience.teamIds) return [];
    const { lineup, attendance } = await this.lineups.join(tx, turn, challenge);
    const stored = await store.findAll(tx, turn.organisationId, id);
    const present = new Set(stored.map(({ subjectId }) => subjectId));
    if (lineup) return lineup.newcomers(present);
    if (!attendance) return [];
    // A team that moves in the tree brings along people whose own row has not changed.
    const everybody = [...(await this.lineups.present(tx, turn)).members.values()];
    return belonging(everybody, definition, attendance).filter((one) => !present.has(one));
  }
}

/** Whoever sells, is there on some day of the window, and does not only look on. */
function competing(
  members: readonly MemberRow[],
  definition: { from: Day; to: Day; observers: readonly string[] },
): string[] {
  const observers = new Set(definition.observers);
  return members
    .filter(({ roles }) => roles.includes('rep'))
    .filter((member) => employedIn(member, definition) && !observers.has(member.id))
    .map(({ id }) => id);
}

/** Of these, who competes by belonging to the teams of a challenge. */
const belonging = (
  members: readonly MemberRow[],
  definition: ChallengeDefinition,
  attendance: Attendance,
): string[] => competing(members, definition).filter((id) => attendance.has(id));

function refuseUnknown(
  code: 'member-unknown' | 'team-unknown',
  pointer: string,
  ids: readonly string[],
  knows: (id: string) => boolean,
): void {
  const errors = ids.flatMap((id, index) =>
    knows(id) ? [] : [{ pointer: `${pointer}/${index}`, detail: 'not of this organisation' }],
  );
  if (errors.length > 0) throw new ProblemError(code, undefined, errors);
}
