import type { Audience } from '@palmares/shared/challenge/audience';
import { outsideOf, type Outside } from '@palmares/shared/challenge/steering';
import type { MemberSummary } from '@palmares/shared/people/member';
import { ALWAYS } from '@palmares/shared/people/stretch';
import type { TeamView } from '@palmares/shared/people/team';
import type { Draft } from './draft';

type Seen = Pick<MemberSummary, 'id' | 'roles' | 'enteredOn' | 'leftOn'> & {
  team: { id: string } | null;
};

/** Who may compete in a draft outside of the teams of a manager, by the teams of today. */
export function outsideIn(
  { audience = { kind: 'everyone' }, observers = [], from, to }: Partial<Draft>,
  members: readonly Seen[],
  teams: readonly Pick<TeamView, 'id' | 'parentId'>[],
  own: ReadonlySet<string>,
  today: string,
): Outside {
  const memberships = members.flatMap(({ id, team }) =>
    team ? [{ memberId: id, teamId: team.id, from: ALWAYS, to: null }] : [],
  );
  const people = { teams, memberships, members: new Map(members.map((one) => [one.id, one])) };
  const competition = { audience: audience as Audience, observers, from: from ?? '', to: to ?? '' };
  return outsideOf(competition, people, own, today);
}

/** Of the teams of a manager those at the top, which have the others below them. */
export const topOf = (
  teams: readonly Pick<TeamView, 'id' | 'parentId'>[],
  own: ReadonlySet<string>,
): string[] =>
  teams
    .filter(({ id, parentId }) => own.has(id) && !(parentId !== null && own.has(parentId)))
    .map(({ id }) => id);

/** What a manager begins with: the reps of the own teams, or these teams against each other. */
export function within(
  audience: Audience | undefined,
  teams: Parameters<typeof topOf>[0],
  own: ReadonlySet<string>,
): Audience {
  if (audience?.kind === 'teams') {
    const above = new Set(teams.flatMap(({ parentId }) => parentId ?? []));
    const lowest = teams.filter(({ id }) => own.has(id) && !above.has(id)).map(({ id }) => id);
    return { ...audience, teamIds: lowest };
  }
  return { kind: 'team-members', teamIds: topOf(teams, own) };
}

/** Ids after a choice; of a running challenge those that it had stay. */
export const kept = (wanted: readonly string[], had: readonly string[]): string[] => [
  ...had,
  ...wanted.filter((id) => !had.includes(id)),
];
