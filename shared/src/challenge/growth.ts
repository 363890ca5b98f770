import type { Audience } from './audience.js';

/** What an amendment does to an audience: `added` is null where nothing changes. */
export type Growth = { grows: true; added: Audience | null } | { grows: false };

const NO: Growth = { grows: false };

/** The ids that are new, in their order; undefined where one of the former is missing. */
function more(before: readonly string[], after: readonly string[]): string[] | undefined {
  const [known, wanted] = [new Set(before), new Set(after)];
  if (before.some((id) => !wanted.has(id))) return undefined;
  return [...wanted].filter((id) => !known.has(id));
}

/**
 * What an amendment adds to an audience. It adds members to members, and teams to named teams; it
 * removes nobody, and makes no other audience of it.
 */
export function growthOf(before: Audience, after: Audience): Growth {
  if (before.kind === 'members' && after.kind === 'members') {
    const memberIds = more(before.memberIds, after.memberIds);
    if (!memberIds) return NO;
    return { grows: true, added: memberIds.length > 0 ? { ...after, memberIds } : null };
  }
  if (before.kind === 'team-members' && after.kind === 'team-members') {
    const teamIds = more(before.teamIds, after.teamIds);
    if (!teamIds) return NO;
    return { grows: true, added: teamIds.length > 0 ? { ...after, teamIds } : null };
  }
  if (before.kind === 'teams' && after.kind === 'teams') {
    if (before.by !== after.by || !before.teamIds !== !after.teamIds) return NO;
    const teamIds = more(before.teamIds ?? [], after.teamIds ?? []);
    if (!teamIds) return NO;
    return { grows: true, added: teamIds.length > 0 ? { ...after, teamIds } : null };
  }
  return before.kind === after.kind ? { grows: true, added: null } : NO;
}
