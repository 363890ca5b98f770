import { Injectable } from '@nestjs/common';
import {
  managedBy,
  teamOn,
  withLeaving,
  type Management,
  type MemberStretch,
} from '@palmares/shared/people/membership';
import { groupBy, type MemberState } from '@palmares/shared/people/people-index';
import { firstOverlap, holds, type Stretch } from '@palmares/shared/people/stretch';
import { branchesOf, lineOf, type ManagementInput } from '@palmares/shared/people/team';
import { localDay, type Day } from '@palmares/shared/time/day';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database.js';
import { listManagements, listMemberships, replaceManagements } from './membership.store.js';
import { listMembers, writeMembers } from './people.store.js';
import { findSettings } from './organisation.store.js';
import { refusal } from './refusal.js';
import type { Turn } from './sequence.js';
import { listTeams } from './team.store.js';

/** Who manages which teams, and what that lets them see. */
@Injectable()
export class ManagementService {
  constructor(private readonly clock: Clock) {}

  /**
   * What a member may see of a period as a manager or a stand-in: teams, with those below them,
   * and the days on which members were in one of these.
   */
  async managedMembers(
    tx: Tx,
    organisationId: string,
    memberId: string,
    period: Stretch,
  ): Promise<{ teamIds: Set<string>; members: MemberStretch[] }> {
    const managed = await this.managedByEach(tx, organisationId, [memberId], period);
    return managed.get(memberId) ?? { teamIds: new Set(), members: [] };
  }

  /** As `managedMembers`, for several members at once; those who manage nothing are left out. */
  async managedByEach(
    tx: Tx,
    organisationId: string,
    memberIds: readonly string[],
    period: Stretch,
  ): Promise<Map<string, { teamIds: Set<string>; members: MemberStretch[] }>> {
    const managements = await listManagements(tx, organisationId, memberIds);
    if (managements.length === 0) return new Map();
    const teams = await listTeams(tx, organisationId);
    const memberships = await listMemberships(tx, organisationId);
    const managers = [...new Set(managements.map(({ memberId }) => memberId))];
    return new Map(
      managers.map((id) => [id, managedBy(id, { teams, managements, memberships }, period)]),
    );
  }

  /**
   * Those about whose activities of a day a member decides: members of the teams that they managed
   * on that day, and, while they stand in for a manager, of the teams of that manager.
   */
  async judgedBy(
    tx: Tx,
    organisationId: string,
    memberId: string,
    day: Day,
  ): Promise<ReadonlySet<string>> {
    const { timeZone } = await findSettings(tx, organisationId);
    const today = localDay(timeZone)(this.clock.now().getTime());
    const own = (await listManagements(tx, organisationId, [memberId])).filter((one) =>
      holds(one, one.standIn ? today : day),
    );
    if (own.length === 0) return new Set();
    const teamIds = branchesOf(
      await listTeams(tx, organisationId),
      own.map(({ teamId }) => teamId),
    );
    const memberships = await listMemberships(tx, organisationId);
    const there = memberships.filter((one) => teamIds.has(one.teamId) && holds(one, day));
    return new Set(there.map((one) => one.memberId));
  }

  /** The tree of teams, and the memberships of some members. */
  async teamsOf(tx: Tx, organisationId: string, memberIds: readonly string[]) {
    const teams = await listTeams(tx, organisationId);
    return { teams, memberships: await listMemberships(tx, organisationId, memberIds) };
  }

  /**
   * Who manages a member today, or stands in: of their team, or of the nearest one above it that
   * somebody else manages.
   */
  async managersOf(tx: Tx, organisationId: string, memberId: string): Promise<Management[]> {
    const { timeZone } = await findSettings(tx, organisationId);
    const today = localDay(timeZone)(this.clock.now().getTime());
    const teamId = teamOn(await listMemberships(tx, organisationId, [memberId]), today);
    if (teamId === undefined) return [];
    const managements = await listManagements(tx, organisationId);
    for (const above of lineOf(await listTeams(tx, organisationId), teamId)) {
      const managers = managements.filter(
        (one) => one.teamId === above && one.memberId !== memberId && holds(one, today),
      );
      if (managers.length > 0) return managers;
    }
    return [];
  }

  /**
   * Gives a team these managers and no others, each until leaving; answers the members who get the
   * role of a manager by it. Problems: `member-unknown`, `manager-overlap`.
   */
  async appoint(
    tx: Tx,
    turn: Turn,
    teamId: string,
    managers: readonly ManagementInput[],
  ): Promise<MemberState[]> {
    const { organisationId } = turn;
    const members = new Map((await listMembers(tx, organisationId)).map((one) => [one.id, one]));
    const stranger = managers.findIndex(({ memberId }) => !members.has(memberId));
    if (stranger >= 0) throw refusal('member-unknown', `/managers/${stranger}/memberId`);
    for (const own of groupBy(managers, ({ memberId }) => memberId).values()) {
      const overlap = own[firstOverlap(own) ?? -1];
      if (overlap) throw refusal('manager-overlap', `/managers/${managers.indexOf(overlap)}/from`);
    }
    const staying = managers.flatMap((one) =>
      withLeaving([one], null, members.get(one.memberId)?.leftOn ?? null),
    );
    await replaceManagements(tx, organisationId, new Map([[teamId, staying]]));
    const promoted = [...new Set(staying.map(({ memberId }) => memberId))]
      .flatMap((id) => members.get(id) ?? [])
      .filter(({ roles }) => !roles.includes('manager'))
      .map((member) => ({ ...member, roles: [...member.roles, 'manager' as const] }));
    await writeMembers(tx, turn, promoted, this.clock.now());
    return promoted;
  }
}
