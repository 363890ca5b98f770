import {
  membersOf,
  type Membership,
  type MemberStretch,
  type People,
} from '../people/membership.js';
import { groupBy } from '../people/people-index.js';
import { commonOf, holds } from '../people/stretch.js';
import { branchesOf } from '../people/team.js';
import type { Day } from '../time/day.js';
import type { Composition, Days } from './lineup.js';

/**
 * On which days of a window people belong to some teams, or to teams below these: the days that
 * count for each of them where the reps of teams compete. Observers are left out.
 */
export class Attendance implements Composition {
  private readonly stretches: ReadonlyMap<string, readonly MemberStretch[]>;

  constructor(
    private readonly people: Pick<People, 'members'>,
    readonly window: Days,
    stretches: readonly MemberStretch[],
    observers: readonly string[],
  ) {
    const without = new Set(observers);
    const present = stretches.filter(({ memberId }) => !without.has(memberId));
    this.stretches = groupBy(present, ({ memberId }) => memberId);
  }

  static of(
    people: People,
    window: Days,
    teamIds: readonly string[],
    observers: readonly string[],
  ): Attendance {
    const branches = branchesOf(people.teams, teamIds);
    const inside = people.memberships.filter((one: Membership) => commonOf(one, window));
    return new Attendance(people, window, membersOf(branches, inside, window), observers);
  }

  /** A day of a member counts for themself, while they belong. */
  subjectsOf(memberId: string, day: Day): readonly string[] {
    return this.membersOf(memberId).some((one) => holds(one, day)) ? [memberId] : [];
  }

  /** The days of a member that count. */
  membersOf(memberId: string): readonly MemberStretch[] {
    return this.stretches.get(memberId) ?? [];
  }

  /** True for a member who belongs on some day of the window. */
  has(memberId: string): boolean {
    return this.stretches.has(memberId);
  }

  /**
   * True for a member who belongs on no day at all, and for one who has left by a day: the
   * organisation, or the teams before the window is over.
   * @param by null where leaving takes nobody from the board
   */
  hasLeft(memberId: string, by: Day | null): boolean {
    const last = this.membersOf(memberId).at(-1);
    if (!last) return true;
    if (by === null) return false;
    const { leftOn = null } = this.people.members.get(memberId) ?? {};
    if (leftOn !== null && leftOn <= by) return true;
    return last.to !== null && last.to < this.window.to && last.to <= by;
  }

  /** The same text for as long as the days of a member that count stay what they are. */
  textOf(memberId: string): string {
    return this.membersOf(memberId)
      .map(({ from, to }) => `${from} ${to}`)
      .join();
  }
}
