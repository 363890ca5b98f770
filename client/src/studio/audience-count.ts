import type { MemberSummary } from '@palmares/shared/people/member';
import { employedIn } from '@palmares/shared/people/presence';
import { branchesOf, type TeamView } from '@palmares/shared/people/team';
import type { Draft } from './draft';

type Reached = Pick<Draft, 'audience' | 'observers' | 'from' | 'to'>;

type Counted = Pick<MemberSummary, 'id' | 'roles' | 'enteredOn' | 'leftOn'> & {
  team: Pick<NonNullable<MemberSummary['team']>, 'id'> | null;
};

/** Teams in which somebody is, and no team below them has anybody. */
function lowest(teams: readonly Pick<TeamView, 'id' | 'parentId' | 'memberCount'>[]): number {
  const parentOf = new Map(teams.map(({ id, parentId }) => [id, parentId]));
  const filled = teams.filter(({ memberCount }) => memberCount > 0);
  const above = new Set<string>();
  for (const { id } of filled) {
    let parent = parentOf.get(id) ?? null;
    while (parent !== null && !above.has(parent)) {
      above.add(parent);
      parent = parentOf.get(parent) ?? null;
    }
  }
  return filled.filter(({ id }) => !above.has(id)).length;
}

/** How many compete in a draft, as people are now; the launch counts anew. */
export function countOf(
  { audience, observers, from, to }: Reached,
  members: readonly Counted[],
  teams: readonly Pick<TeamView, 'id' | 'parentId' | 'memberCount'>[],
): number {
  if (audience?.kind === 'members') return new Set(audience.memberIds).size;
  if (audience?.kind === 'teams') return audience.teamIds?.length ?? lowest(teams);
  const looking = new Set(observers);
  const branches =
    audience?.kind === 'team-members' ? branchesOf(teams, audience.teamIds) : undefined;
  const belongs = ({ team }: Counted) => !branches || (team !== null && branches.has(team.id));
  return members.filter(
    (member) =>
      belongs(member) &&
      member.roles.includes('rep') &&
      employedIn(member, { from, to }) &&
      !looking.has(member.id),
  ).length;
}
