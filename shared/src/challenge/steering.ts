import type { MemberState } from '../people/people-index.js';
import type { Membership, People } from '../people/membership.js';
import { employedIn } from '../people/presence.js';
import { branchesOf } from '../people/team.js';
import type { Day } from '../time/day.js';
import type { ChallengeDefinition } from './challenge.js';
import { Lineup } from './lineup.js';

type Person = Pick<MemberState, 'roles' | 'enteredOn' | 'leftOn'>;

/** Of a challenge, what says who competes. */
export type Competition = Pick<ChallengeDefinition, 'audience' | 'observers' | 'from' | 'to'>;

/** Who may compete without being in a team that the manager manages: ids of members and of teams. */
export interface Outside {
  members: string[];
  teams: string[];
}

/**
 * What a challenge reaches beyond the teams of a manager; both lists are empty where the manager may
 * steer it. Named teams are looked at as teams. A member counts for the team of today or, where
 * there is none, for the last one before, else for the first one to come.
 * @param managed teams that the manager manages today, or stands in for, with those below
 */
export function outsideOf(
  { audience, observers, from, to }: Competition,
  people: People<Person>,
  managed: ReadonlySet<string>,
  today: Day,
): Outside {
  const foreign = (teamIds: Iterable<string>) =>
    [...new Set(teamIds)].filter((id) => !managed.has(id));
  if (audience.kind === 'teams') {
    const teamIds = audience.teamIds ?? new Lineup(people, { from, to }, observers).lowest();
    return { members: [], teams: foreign(teamIds) };
  }
  if (audience.kind === 'team-members') return { members: [], teams: foreign(audience.teamIds) };
  const teamOf = teamsToday(people.memberships, today);
  const isForeign = (id: string) => !managed.has(teamOf.get(id) ?? '');
  if (audience.kind === 'members') {
    return { members: [...new Set(audience.memberIds)].filter(isForeign), teams: [] };
  }
  const looking = new Set(observers);
  const competing = [...people.members].flatMap(([id, member]) =>
    member.roles.includes('rep') && employedIn(member, { from, to }) && !looking.has(id) ? id : [],
  );
  return { members: competing.filter(isForeign), teams: [] };
}

/** True where nothing of a challenge is outside. */
export const isInside = ({ members, teams }: Outside): boolean =>
  members.length + teams.length === 0;

/** The team that each member counts for on a day, also before the first and after the last one. */
function teamsToday(memberships: readonly Membership[], today: Day): Map<string, string> {
  const found = new Map<string, Membership>();
  for (const one of memberships) {
    const known = found.get(one.memberId);
    // Those that have begun come before those that have not: of the first the latest, else the next.
    const [begins, began] = [one.from <= today, known !== undefined && known.from <= today];
    const better =
      !known || (begins ? !began || one.from > known.from : !began && one.from < known.from);
    if (better) found.set(one.memberId, one);
  }
  return new Map([...found].map(([memberId, { teamId }]) => [memberId, teamId]));
}

/** The teams that somebody manages on a day, or stands in for, with those below. */
export function managedTeams(
  memberId: string,
  teams: readonly {
    id: string;
    parentId: string | null;
    managers: readonly { memberId: string; from: Day | null; to: Day | null }[];
  }[],
  day: Day,
): Set<string> {
  const own = teams.filter(({ managers }) =>
    managers.some(
      (one) =>
        one.memberId === memberId && (one.from ?? day) <= day && (one.to === null || day < one.to),
    ),
  );
  return branchesOf(
    teams,
    own.map(({ id }) => id),
  );
}
