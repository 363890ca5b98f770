import { z } from 'zod';
import type { Day } from '../time/day.js';
import type { Presence } from './presence.js';
import {
  before,
  commonOf,
  endsAfterStart,
  holds,
  joined,
  stretchFields,
  stretchViewFields,
  type Stretch,
} from './stretch.js';
import { branchesOf, type Team } from './team.js';

/** From when until when a member is in a team: in at most one on a day. */
export interface Membership extends Stretch {
  memberId: string;
  teamId: string;
}

/** From when until when somebody manages a team, or stands in for who does. */
export interface Management extends Stretch {
  memberId: string;
  teamId: string;
  standIn: boolean;
}

/** Who there is, and who is in which team, as known at some moment. */
export interface People<Member = Pick<Presence, 'enteredOn' | 'leftOn'>> {
  teams: readonly Team[];
  memberships: readonly Membership[];
  members: ReadonlyMap<string, Member>;
}

/** Days of a member. */
export interface MemberStretch extends Stretch {
  memberId: string;
}

export const membershipInputSchema = z
  .strictObject({ teamId: z.uuid().toLowerCase(), ...stretchFields })
  .refine(endsAfterStart.check, endsAfterStart.fault)
  .meta({ id: 'TeamMembershipInput' });
export type MembershipInput = z.output<typeof membershipInputSchema>;

export const membershipViewSchema = z
  .object({ teamId: z.uuid(), name: z.string(), ...stretchViewFields })
  .meta({ id: 'TeamMembership' });

/** The team of a member on a day, from that member’s memberships. */
export function teamOn(
  memberships: readonly (Stretch & { teamId: string })[],
  day: Day,
): string | undefined {
  return memberships.find((one) => holds(one, day))?.teamId;
}

/**
 * A member’s memberships when they are in a team (or in none) from a day on; what was before stays.
 * @example moved([{ teamId: 'a', from: ALWAYS, to: null }], 'b', '2026-03-01')
 * // a until 2026-03-01, b from then on
 */
export function moved<Dated extends Stretch & { teamId: string }>(
  memberships: readonly Dated[],
  teamId: string | null,
  from: Day,
): (Stretch & { teamId: string })[] {
  const past = before(memberships, from).map((one) => ({
    teamId: one.teamId,
    from: one.from,
    to: one.to,
  }));
  const last = past.find(({ to }) => to === from);
  if (teamId === null) return past;
  if (last?.teamId !== teamId) return [...past, { teamId, from, to: null }];
  return past.map((one) => (one === last ? { ...one, to: null } : one));
}

/**
 * Memberships (or managements) of somebody whose day of leaving changes: they end with leaving, and
 * those that had ended with it go on for as long as the person now stays.
 */
export function withLeaving<Dated extends Stretch>(
  list: readonly Dated[],
  known: Day | null,
  leftOn: Day | null,
): Dated[] {
  const open = list.map((one) => (known !== null && one.to === known ? { ...one, to: null } : one));
  return leftOn === null ? open : before(open, leftOn);
}

/**
 * Who was in some teams, and when, within a period: one stretch for days that follow each other,
 * also where a member moved between two of the teams.
 */
export function membersOf(
  teamIds: ReadonlySet<string>,
  memberships: readonly Membership[],
  period: Stretch,
): MemberStretch[] {
  const byMember = new Map<string, Stretch[]>();
  for (const membership of memberships) {
    if (!teamIds.has(membership.teamId)) continue;
    const common = commonOf(membership, period);
    if (!common) continue;
    const known = byMember.get(membership.memberId);
    if (known) known.push(common);
    else byMember.set(membership.memberId, [common]);
  }
  return [...byMember].flatMap(([memberId, stretches]) =>
    joined(stretches).map((stretch) => ({ memberId, ...stretch })),
  );
}

/**
 * What a manager may see of a period: the teams that they manage, or stand in for, on some day of
 * it, with all teams below, and the days of the period on which members were in one of these.
 */
export function managedBy(
  memberId: string,
  people: {
    teams: readonly Team[];
    managements: readonly Management[];
    memberships: readonly Membership[];
  },
  period: Stretch,
): { teamIds: Set<string>; members: MemberStretch[] } {
  const own = people.managements
    .filter((one) => one.memberId === memberId && commonOf(one, period))
    .map(({ teamId }) => teamId);
  const teamIds = branchesOf(people.teams, own);
  return { teamIds, members: membersOf(teamIds, people.memberships, period) };
}
