import type { TeamView } from '@palmares/shared/people/team';

export interface TeamBranch extends TeamView {
  /** how many teams are above it */
  depth: number;
}

/** Teams as they are read: each below the one above it, by name. */
export function teamTree(teams: readonly TeamView[], tag: string): TeamBranch[] {
  const { compare } = new Intl.Collator(tag, { numeric: true, sensitivity: 'base' });
  const known = new Set(teams.map(({ id }) => id));
  const below = new Map<string | null, TeamView[]>();
  for (const team of teams.toSorted((a, b) => compare(a.name, b.name))) {
    // A team whose parent is hidden from the reader stands at the top.
    const parent = team.parentId !== null && known.has(team.parentId) ? team.parentId : null;
    below.set(parent, [...(below.get(parent) ?? []), team]);
  }
  const branch = (parent: string | null, depth: number): TeamBranch[] =>
    (below.get(parent) ?? []).flatMap((team) => [
      { ...team, depth },
      ...branch(team.id, depth + 1),
    ]);
  return branch(null, 0);
}

/** Teams to choose from, the tree shown by indentation. */
export const teamOptions = (teams: readonly TeamView[], tag: string) =>
  teamTree(teams, tag).map(({ id, name, depth }) => ({
    value: id,
    label: '\u2003'.repeat(depth) + name,
  }));
