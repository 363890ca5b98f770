import type { Refusal } from '../problem/refusal.js';
import type { ProblemCode } from '../problem/catalogue.js';
import type { Day } from '../time/day.js';
import { beyondReps, type Charge } from './charge.js';
import { planManagements } from './management.js';
import { isMereName, mereManager, sameMember } from './member-state.js';
import type { MemberEntry, Role } from './member.js';
import { moved, teamOn, withLeaving, type Management, type Membership } from './membership.js';
import {
  groupBy,
  MemberIndex,
  plain,
  TeamIndex,
  type MemberState,
  type TeamState,
} from './people-index.js';
import type { People, RosterContext, RosterPlan, TeamStretch } from './roster-plan.js';
import { ALWAYS, holds } from './stretch.js';

type Refused = { reason: Omit<Refusal, 'index'> };
type Found<Known> = { known: Known | undefined } | Refused;

const isRefused = (found: object): found is Refused => 'reason' in found;
const refuse = (pointer: string, code: ProblemCode, detail: string): Refused => ({
  reason: { pointer, code, detail },
});

/**
 * Says what the entries of a file make of an organisation’s people, in the order in which they
 * come. An entry that cannot be taken is refused and changes nothing.
 */
export function planRoster(
  people: People,
  entries: readonly MemberEntry[],
  context: RosterContext,
): RosterPlan {
  const roster = new Roster(people, context);
  for (const [index, entry] of entries.entries()) roster.take(entry, index);
  return roster.plan();
}

class Roster {
  private readonly charge: Charge;
  private readonly index: MemberIndex;
  private readonly teams: TeamIndex;
  private readonly memberships: Map<string, Membership[]>;
  private readonly managements: Map<string, Management[]>;
  private readonly changed = new Set<string>();
  private readonly moves = new Map<string, TeamStretch[]>();
  private readonly leaving = new Map<string, { was: Day | null; now: Day | null }>();
  private readonly newTeams: TeamState[] = [];
  private readonly named = new Map<string, Set<string>>();
  private readonly said = new Map<string, Role[]>();
  private readonly created: string[] = [];
  private readonly updated: string[] = [];
  private readonly unchanged: string[] = [];
  private readonly refused: Refusal[] = [];

  constructor(
    private readonly people: People,
    private readonly context: RosterContext,
  ) {
    this.charge = context.charge ?? 'everybody';
    this.index = new MemberIndex(people.members);
    this.teams = new TeamIndex(people.teams);
    this.memberships = groupBy(people.memberships, ({ memberId }) => memberId);
    this.managements = groupBy(people.managements, ({ memberId }) => memberId);
  }

  take(entry: MemberEntry, index: number): void {
    const refusal = this.tryTake(entry);
    if (refusal) this.refused.push({ index, ...refusal.reason });
  }

  private tryTake(entry: MemberEntry): Refused | undefined {
    const found = this.match(entry);
    if (isRefused(found)) return found;
    const { known } = found;
    const member = this.merged(known, entry);
    const manager = this.manager(entry.manager, member);
    if (isRefused(manager)) return manager;
    const team = this.team(entry, manager.known);
    if (isRefused(team)) return team;
    const over =
      this.charge === 'reps' && this.beyondReps(entry, known, member, team, manager.known);
    if (over) return refuse(over.pointer, 'forbidden', over.detail);
    if (entry.roles) this.said.set(member.id, entry.roles);
    let touched = this.save(known, member);
    const ours = team.known ?? (team.name ? this.makeTeam(team.name, entry.teamParent) : undefined);
    if (ours && this.move(member, ours.id, entry.teamFrom)) touched = true;
    // Who looks after reps has named nobody new, and takes nobody’s team away.
    if (ours && entry.manager && this.charge === 'everybody') {
      const chief = manager.known ?? this.makeManager(entry.manager);
      if (this.name(ours.id, chief)) touched = true;
    }
    (known === undefined ? this.created : touched ? this.updated : this.unchanged).push(member.id);
    return undefined;
  }

  plan(): RosterPlan {
    const { created, updated, unchanged, refused, named, leaving } = this;
    const managements = planManagements(this.people.managements, {
      named,
      leaving,
      leftOn: (id) => this.index.get(id)?.leftOn ?? null,
      today: this.context.today,
    });
    this.settleRoles(managements);
    return {
      created,
      updated,
      unchanged,
      refused,
      members: [...this.changed].flatMap((id) => this.index.get(id) ?? []),
      teams: this.newTeams,
      memberships: this.moves,
      managements,
    };
  }

  /** The member that an entry means. */
  private match(entry: MemberEntry): Found<MemberState> {
    const { externalId, email, name } = entry;
    const byId = this.index.withExternalId(externalId);
    const byEmail = this.index.withEmail(email);
    if (byId && byEmail && byId.id !== byEmail.id) {
      return refuse('/email', 'email-taken', `${email} belongs to another member`);
    }
    const mere = this.index.withExternalId(name);
    const known = byId ?? byEmail ?? (mere && isMereName(mere) ? mere : undefined);
    const enteredOn = entry.enteredOn ?? known?.enteredOn;
    const leftOn = entry.leftOn ?? known?.leftOn;
    if (!enteredOn || !leftOn || enteredOn < leftOn) return { known };
    return refuse('/leftOn', 'invalid', 'must come after enteredOn');
  }

  /** Whom an entry names as the manager: it may be the member of the entry. */
  private manager(text: string | null | undefined, self: MemberState): Found<MemberState> {
    if (!text) return { known: undefined };
    const { index } = this;
    if (text === self.externalId || text.toLowerCase() === self.email) return { known: self };
    const known = index.withExternalId(text) ?? index.withEmail(text);
    if (known && known.id !== self.id) return { known };
    const others = index.withName(text).filter(({ id }) => id !== self.id);
    const namesakes = plain(self.name) === plain(text) ? [self, ...others] : others;
    if (namesakes.length < 2) return { known: namesakes[0] };
    return refuse('/manager', 'manager-ambiguous', `${namesakes.length} members have this name`);
  }

  /** The team that an entry means, or the name of the one to make; a manager’s is their own. */
  private team(
    { team, teamParent, manager: text }: MemberEntry,
    manager: MemberState | undefined,
  ): (Found<TeamState> & { name?: string }) | Refused {
    const name = team ?? manager?.name ?? text;
    if (!name) return { known: undefined };
    const own = manager && !team ? this.onlyTeamOf(manager) : undefined;
    const called = own ? [own] : this.teams.called(name);
    const above = called.length === 0 && teamParent ? this.teams.called(teamParent) : [];
    if (above.length > 1) {
      return refuse('/teamParent', 'team-ambiguous', `${above.length} teams have this name`);
    }
    if (called.length < 2) return { known: called[0], name };
    return refuse('/team', 'team-ambiguous', `${called.length} teams have this name`);
  }

  private onlyTeamOf(manager: MemberState): TeamState | undefined {
    const managed = this.managing(manager, manager.leftOn).filter(({ standIn }) => !standIn);
    return managed.length === 1 ? this.teams.get(managed[0]?.teamId ?? '') : undefined;
  }

  /** What an entry makes of a member; what it does not say stays. */
  private merged(known: MemberState | undefined, entry: MemberEntry): MemberState {
    const { roles = known?.roles ?? ['rep'] } = entry;
    const leftOn = entry.leftOn ?? known?.leftOn ?? null;
    const manages = known !== undefined && this.managing(known, leftOn).length > 0;
    return {
      id: known?.id ?? this.context.newId(),
      externalId: entry.externalId ?? known?.externalId ?? null,
      email: entry.email ?? known?.email ?? null,
      name: entry.name,
      roles: manages && !roles.includes('manager') ? [...roles, 'manager'] : roles,
      kind: entry.kind ?? known?.kind ?? 'employee',
      enteredOn: entry.enteredOn ?? known?.enteredOn ?? null,
      leftOn,
    };
  }

  /** What somebody manages today, if that is the day of leaving. */
  private managing({ id, leftOn: was }: MemberState, leftOn: Day | null): Management[] {
    const change = this.leaving.get(id);
    const list = this.managements.get(id) ?? [];
    const present = change ? withLeaving(list, change.was, change.now) : list;
    return withLeaving(present, was, leftOn).filter((one) => holds(one, this.context.today));
  }

  /** Keeps a member; true when there is anything new. */
  private save(known: MemberState | undefined, member: MemberState): boolean {
    if (known && sameMember(known, member)) return false;
    this.index.put(member);
    this.changed.add(member.id);
    const was = known?.leftOn ?? null;
    if (was === member.leftOn) return true;
    const first = this.leaving.get(member.id)?.was ?? was;
    this.leaving.set(member.id, { was: first, now: member.leftOn });
    this.moves.set(member.id, withLeaving(this.teamsOf(member.id), was, member.leftOn));
    return true;
  }

  private teamsOf(memberId: string): TeamStretch[] {
    return this.moves.get(memberId) ?? this.memberships.get(memberId) ?? [];
  }

  /** A team that nobody is called so, below the one that is named, which is made likewise. */
  private makeTeam(name: string, above?: string | null): TeamState {
    const below = above && plain(above) !== plain(name);
    const parent = below ? (this.teams.called(above)[0] ?? this.makeTeam(above)) : undefined;
    const team = { id: this.context.newId(), externalId: null, name, parentId: parent?.id ?? null };
    this.newTeams.push(team);
    this.teams.add(team);
    return team;
  }

  private makeManager(text: string): MemberState {
    const member = mereManager(this.context.newId(), text);
    this.save(undefined, member);
    return member;
  }

  private move(member: MemberState, teamId: string, given?: Day | null): boolean {
    const day = this.movingOn(member, teamId, given);
    if (day === undefined) return false;
    const list = moved(this.teamsOf(member.id), teamId, day);
    this.moves.set(member.id, withLeaving(list, null, member.leftOn));
    return true;
  }

  /** Whoever was never in a team has always been in this one; the others come today. */
  private movingOn({ id, leftOn }: MemberState, teamId: string, given?: Day | null) {
    const list = this.teamsOf(id);
    const day = given ?? (list.length === 0 ? ALWAYS : this.context.today);
    const stays = teamOn(list, day) === teamId || (leftOn !== null && leftOn <= day);
    return stays ? undefined : day;
  }

  /** What in an entry needs an admin. */
  private beyondReps(
    { manager, teamFrom }: MemberEntry,
    known: MemberState | undefined,
    member: MemberState,
    team: { known: TeamState | undefined; name?: string },
    chief: MemberState | undefined,
  ) {
    const ours = team.known;
    const day = ours && this.movingOn(member, ours.id, teamFrom);
    const moves = ours ? day !== undefined : team.name !== undefined;
    const changes = !known || !sameMember(known, member) || moves;
    const own = chief ? this.managing(chief, chief.leftOn) : [];
    const manages = own.some((one) => one.teamId === ours?.id && !one.standIn);
    return beyondReps({ known, member, changes, appoints: Boolean(manager) && !manages });
  }

  /** Whoever is named manages the team, unless they have left; true when they did not yet. */
  private name(teamId: string, member: MemberState): boolean {
    const { id, leftOn } = member;
    if (leftOn !== null && leftOn <= this.context.today) return false;
    const known = this.named.get(teamId);
    if (known) known.add(id);
    else this.named.set(teamId, new Set([id]));
    const own = this.managing(member, leftOn);
    return !own.some((one) => one.teamId === teamId && !one.standIn);
  }

  /** Whoever manages a team has the role for it; others have the roles that were said. */
  private settleRoles(changed: ReadonlyMap<string, readonly Management[]>): void {
    const others = this.people.managements.filter(({ teamId }) => !changed.has(teamId));
    const present = [...others, ...[...changed.values()].flat()].filter((one) =>
      holds(one, this.context.today),
    );
    const managing = new Set(present.map(({ memberId }) => memberId));
    const named = [...this.named.values()].flatMap((ids) => [...ids]);
    for (const id of new Set([...this.said.keys(), ...named])) {
      const member = this.index.get(id);
      if (!member) continue;
      const said = this.said.get(id) ?? member.roles;
      const missing = managing.has(id) && !said.includes('manager');
      const roles = missing ? [...said, 'manager' as const] : said;
      if (roles.join() === member.roles.join()) continue;
      this.index.put({ ...member, roles });
      this.changed.add(id);
    }
  }
}
