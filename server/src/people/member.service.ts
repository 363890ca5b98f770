import { Injectable } from '@nestjs/common';
import { reachOf } from '@palmares/shared/access/policy';
import { difference } from '@palmares/shared/audit/audit';
import type { Charge } from '@palmares/shared/people/charge';
import type { MemberChange, MemberSummary, MemberView } from '@palmares/shared/people/member';
import type { MemberState } from '@palmares/shared/people/people-index';
import { viewOfStretch } from '@palmares/shared/people/stretch';
import { branchesOf } from '@palmares/shared/people/team';
import { addDays, type Day } from '@palmares/shared/time/day';
import { AuditService } from '../audit/audit.service.js';
import type { Caller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { ManagementService } from './management.service.js';
import { followLeaving, keepingAdmin, refuseTaken, replaceTeams } from './member-change.js';
import { refuseMember, refuseRoles } from './member-access.js';
import * as memberStore from './member.store.js';
import type { MemberFilter, MemberSummaryRow } from './member.store.js';
import { listMemberships } from './membership.store.js';
import { PeopleService } from './people.service.js';
import * as store from './people.store.js';
import { PresenceService } from './presence.service.js';
import { listTeams } from './team.store.js';

export interface MemberQuery extends Omit<MemberFilter, 'id' | 'teamIds'> {
  /** With the teams below it. */
  teamId?: string | undefined;
}

@Injectable()
export class MemberService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly presence: PresenceService,
    private readonly audit: AuditService,
    private readonly managements: ManagementService,
  ) {}

  /** A page of members by name; what is personal only of those whom the reader looks after. */
  async list(caller: Caller, { teamId, limit, ...filter }: MemberQuery) {
    const { organisationId } = caller;
    const today = await this.people.today(organisationId);
    const { rows, known } = await this.database.read(async (tx) => {
      const teamIds = teamId && [...branchesOf(await listTeams(tx, organisationId), [teamId])];
      const more = { ...filter, ...(teamIds && { teamIds }), limit: limit + 1 };
      const found = await memberStore.summaries(tx, organisationId, today, more);
      return { rows: found, known: await this.lookedAfter(tx, caller, today) };
    });
    const looksUp = reachOf('external-id.read', caller) === 'organisation';
    const items = rows.slice(0, limit).map((row) => {
      const summary = summaryOf(row, today);
      return looksUp || known === 'everybody' || known.has(row.id)
        ? summary
        : { ...summary, externalId: null };
    });
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /**
   * A member as a reader may know them: external id, work rates and absences are for the member,
   * who manages them today, admins and keys. Problems: `not-found`.
   */
  async viewFor(caller: Caller, id: string): Promise<MemberView> {
    const { organisationId } = caller;
    const view = await this.view(organisationId, id);
    const today = await this.people.today(organisationId);
    const known = await this.database.read((tx) => this.lookedAfter(tx, caller, today));
    if (known === 'everybody' || known.has(view.id)) return view;
    return { ...view, externalId: null, presence: null };
  }

  /** Whose personal data a reader may know. */
  private async lookedAfter(
    tx: Tx,
    caller: Caller,
    today: Day,
  ): Promise<'everybody' | ReadonlySet<string>> {
    const whose = reachOf('personal-data.read', caller);
    if (caller.kind !== 'member' || whose === 'organisation') return 'everybody';
    const { organisationId, memberId } = caller;
    if (whose !== 'managed') return new Set([memberId]);
    const period = { from: today, to: addDays(today, 1) };
    const managed = await this.managements.managedMembers(tx, organisationId, memberId, period);
    return new Set([memberId, ...managed.members.map((one) => one.memberId)]);
  }

  /** Problems: `not-found`. */
  async view(organisationId: string, id: string): Promise<MemberView> {
    const today = await this.people.today(organisationId);
    return this.database.snapshot(async (tx) => {
      const [row] = await memberStore.summaries(tx, organisationId, today, { id, limit: 1 });
      if (!row) throw new ProblemError('not-found');
      const teams = await listTeams(tx, organisationId);
      const names = new Map(teams.map((team) => [team.id, team.name]));
      const memberships = await listMemberships(tx, organisationId, [row.id]);
      return {
        ...summaryOf(row, today),
        teams: memberships.map(({ teamId, ...days }) => {
          return { teamId, name: names.get(teamId) ?? '', ...viewOfStretch(days) };
        }),
        presence: await this.presence.view(tx, organisationId, row),
      };
    });
  }

  /**
   * Changes what is named. Problems: `not-found`, `invalid`, `email-taken`, `external-id-taken`,
   * `team-unknown`, `team-overlap`, `last-admin`, `forbidden` beyond the charge of the writer.
   */
  async change(
    organisationId: string,
    id: string,
    change: MemberChange,
    charge: Charge = 'everybody',
  ): Promise<void> {
    const { teams, ...fields } = change;
    refuseRoles(charge, fields.roles);
    await this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const before = await store.findMember(tx, organisationId, id);
      if (!before) throw new ProblemError('not-found');
      refuseMember(charge, before);
      const after = changed(before, fields);
      await refuseTaken(tx, organisationId, after);
      const today = await this.people.today(organisationId, tx);
      const write = () => store.writeMembers(tx, turn, [after], this.clock.now());
      await keepingAdmin(tx, organisationId, today, write);
      await followLeaving(tx, organisationId, before, after, today);
      if (teams) await replaceTeams(tx, organisationId, after, teams);
      await this.people.saved(tx, turn, [after]);
      const moved = difference(before, after, ['roles', 'kind', 'enteredOn', 'leftOn']);
      const named = Object.keys(change).toSorted();
      await this.audit.write(tx, {
        organisationId,
        action: 'member.change',
        subject: `member:${id}`,
        before: moved.before,
        after: { ...moved.after, named, ...(teams && { teams }) },
      });
    });
  }
}

/** A member with what a change names; problems: `invalid` where that makes no member. */
function changed(known: MemberState, change: Omit<MemberChange, 'teams'>): MemberState {
  const named = Object.entries(change).filter(([, value]) => value !== undefined);
  const member: MemberState = { ...known, ...Object.fromEntries(named) };
  if (member.email === null && member.externalId === null) {
    throw new ProblemError('invalid', 'an email or an externalId is needed');
  }
  const { enteredOn, leftOn } = member;
  if (enteredOn !== null && leftOn !== null && enteredOn >= leftOn) {
    const errors = [{ pointer: '/leftOn', detail: 'must come after enteredOn' }];
    throw new ProblemError('invalid', undefined, errors);
  }
  return member;
}

function summaryOf(row: MemberSummaryRow, today: Day): MemberSummary {
  const status = row.leftOn !== null && row.leftOn <= today ? 'left' : 'active';
  return { ...row, status };
}
