import type { MemberState } from './people-index.js';
import type { Role } from './member.js';

/**
 * Whom a writer of people is in charge of: an admin of everybody, a key with `people:write` of
 * reps. The second creates and changes members who are reps and nothing more, and makes nobody more
 * than a rep: a member with another role can do what the key cannot.
 */
export type Charge = 'everybody' | 'reps';

export const isOnlyRep = ({ roles }: { roles: readonly Role[] }): boolean =>
  roles.every((role) => role === 'rep');

/** What an entry of a file would do to people. */
export interface Intent {
  known: MemberState | undefined;
  member: MemberState;
  /** The member, or the member’s teams, would differ from what is known. */
  changes: boolean;
  /** It would name who manages a team, or create a manager. */
  appoints: boolean;
}

export const BEYOND = {
  roles: 'only an admin gives a role beyond that of a rep',
  member: 'only an admin changes a member who is more than a rep',
  managers: 'only an admin says who manages a team',
} as const;

/** What in an entry needs an admin; undefined where a writer in charge of reps may do all of it. */
export function beyondReps({
  known,
  member,
  changes,
  appoints,
}: Intent): { pointer: string; detail: string } | undefined {
  if (known && !isOnlyRep(known)) {
    if (changes) return { pointer: '', detail: BEYOND.member };
  } else if (!isOnlyRep(member)) {
    return { pointer: '/roles', detail: BEYOND.roles };
  }
  return appoints ? { pointer: '/manager', detail: BEYOND.managers } : undefined;
}
