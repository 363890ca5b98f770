import type { Refusal } from '../problem/refusal.js';
import type { Day } from '../time/day.js';
import type { MemberEntry } from './member.js';
import type { MemberState } from './people-index.js';

/** Past every day. */
const FOR_EVER = '~';

/** Until when somebody administers; nothing for whoever does not, or has left. */
const until = ({ roles, leftOn }: MemberState, today: Day): string | undefined => {
  if (!roles.includes('admin') || (leftOn !== null && leftOn <= today)) return undefined;
  return leftOn ?? FOR_EVER;
};

/** The last of these days; less than any where nobody administers. */
const lastOf = (members: readonly MemberState[], today: Day): string =>
  members.reduce((last, one) => {
    const own = until(one, today) ?? '';
    return own > last ? own : last;
  }, '');

/**
 * The entries of a file that would leave the organisation without an admin who has entered, or
 * sooner than now: what the saving of all of them would be refused for (`last-admin`).
 * @param before everybody, as they are
 * @param after those whom the file changes, as they would be
 * @param entered ids of those who have accepted an invitation; under another e-mail they have not
 */
export function leavingNoAdmin(
  entries: readonly MemberEntry[],
  {
    before,
    after,
    entered,
  }: Record<'before' | 'after', readonly MemberState[]> & {
    entered: ReadonlySet<string>;
  },
  today: Day,
): Refusal[] {
  const changed = new Map(after.map((one) => [one.id, one]));
  const now = before.filter(({ id }) => entered.has(id));
  const then = now.flatMap((one) => {
    const next = changed.get(one.id) ?? one;
    return next.email === one.email ? next : [];
  });
  const last = lastOf(now, today);
  if (lastOf(then, today) >= last) return [];
  const kept = new Map(then.map((one) => [one.id, until(one, today) ?? '']));
  return now.flatMap((one) => {
    if ((until(one, today) ?? '') <= (kept.get(one.id) ?? '')) return [];
    const next = changed.get(one.id);
    const index = entries.findLastIndex((entry) => means(entry, one));
    if (!next || index < 0) return [];
    const pointer =
      next.email !== one.email ? '/email' : next.roles.includes('admin') ? '/leftOn' : '/roles';
    const detail = 'nobody would be left to administer the organisation';
    return { index, pointer, code: 'last-admin', detail };
  });
}

const means = ({ externalId, email }: MemberEntry, member: MemberState): boolean =>
  (externalId !== undefined && externalId !== null && externalId === member.externalId) ||
  (email !== undefined && email !== null && email === member.email);
