import { Injectable } from '@nestjs/common';
import type { Charge } from '@palmares/shared/people/charge';
import type { MemberEntry, MemberInput } from '@palmares/shared/people/member';
import type { OrganisationInput } from '@palmares/shared/people/organisation';
import type { People } from '@palmares/shared/people/membership';
import type { MemberState } from '@palmares/shared/people/people-index';
import { leavingNoAdmin } from '@palmares/shared/people/last-admin';
import { planRoster } from '@palmares/shared/people/roster';
import type { RosterPlan } from '@palmares/shared/people/roster-plan';
import { localDay, type Day } from '@palmares/shared/time/day';
import { v7 as uuid } from 'uuid';
import { AuditService } from '../audit/audit.service.js';
import { ProblemError } from '../http/problem-error.js';
import { Signal } from '../live/signal.js';
import { BriefMemory } from '../platform/brief-memory.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { Directory } from './directory.js';
import { refuseRoles } from './member-access.js';
import * as membershipStore from './membership.store.js';
import * as store from './people.store.js';
import { keepingAdmin, refuseTaken, replaceTeams } from './member-change.js';
import type { Organisation } from './people.store.js';
import { markPeople, takeTurn, type Turn } from './sequence.js';
import * as teamStore from './team.store.js';

export type { Organisation } from './people.store.js';
export type MemberRow = MemberState;

/** Ids of the members that a save touched, one for each entry, and the entries it refused. */
export type SavedMembers = Pick<RosterPlan, 'created' | 'updated' | 'unchanged' | 'refused'>;

/** How late a change of an organisation's own settings may be. */
const REMEMBERED_MS = 5_000;

/** Called inside the transaction that changed people, with the members whose own row it was. */
export type MembersSaved = (tx: Tx, turn: Turn, members: readonly MemberRow[]) => Promise<void>;

@Injectable()
export class PeopleService {
  private readonly directories = new Map<string, Directory>();
  private readonly listeners: MembersSaved[] = [];
  private readonly remembered = new BriefMemory<Organisation>(REMEMBERED_MS);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly signal: Signal,
    private readonly audit: AuditService,
  ) {}

  /** Whoever keeps something for each member says so here, once, when constructed. */
  onMembersSaved(listener: MembersSaved): void {
    this.listeners.push(listener);
  }

  async createOrganisation(input: OrganisationInput, demo = false): Promise<Organisation> {
    return this.database.transaction((tx) => this.createOrganisationWithin(tx, input, demo));
  }

  async createOrganisationWithin(
    tx: Tx,
    input: OrganisationInput,
    demo = false,
  ): Promise<Organisation> {
    const organisation = { ...input, id: uuid(), demo };
    await store.insertOrganisation(tx, organisation, this.clock.now());
    return { ...organisation, activityTypes: [] };
  }

  /** Whoever is in a transaction asks within it. Problems: `not-found`. */
  async organisation(id: string, tx?: Tx): Promise<Organisation> {
    const find = async (within: Tx) => {
      const found = await store.findOrganisation(within, id);
      if (!found) throw new ProblemError('not-found', 'There is no such organisation');
      return found;
    };
    return tx ? find(tx) : this.remembered.get(id, () => this.database.read(find));
  }

  async organisations(): Promise<Organisation[]> {
    return this.database.snapshot(store.listOrganisations);
  }

  /** The local day of an organisation. Problems: `not-found`. */
  async today(organisationId: string, tx?: Tx): Promise<Day> {
    const { timeZone } = await this.organisation(organisationId, tx);
    return localDay(timeZone)(this.clock.now().getTime());
  }

  /** Waits for the organisation's turn to write. Problems: `not-found`. */
  async turn(tx: Tx, organisationId: string): Promise<Turn> {
    const turn = await takeTurn(tx, organisationId, this.clock.now());
    if (!turn) throw new ProblemError('not-found', 'There is no such organisation');
    return turn;
  }

  /**
   * Adds one member. Problems: `not-found`, `email-taken`, `external-id-taken`, `team-unknown`,
   * `team-overlap`, `forbidden` beyond the charge of the writer.
   */
  async createMember(
    organisationId: string,
    input: MemberInput,
    charge: Charge = 'everybody',
  ): Promise<string> {
    refuseRoles(charge, input.roles);
    return this.database.transaction((tx) => this.createMemberWithin(tx, organisationId, input));
  }

  /** The same in a transaction that has not taken the organisation’s turn yet. */
  async createMemberWithin(tx: Tx, organisationId: string, input: MemberInput): Promise<string> {
    const { teams, ...given } = input;
    const names = { email: given.email ?? null, externalId: given.externalId ?? null };
    const days = { enteredOn: given.enteredOn ?? null, leftOn: given.leftOn ?? null };
    const member = { ...given, id: uuid(), ...names, ...days };
    const turn = await this.turn(tx, organisationId);
    await refuseTaken(tx, organisationId, member);
    await store.writeMembers(tx, turn, [member], this.clock.now());
    if (teams) await replaceTeams(tx, organisationId, member, teams);
    await this.saved(tx, turn, [member]);
    const after = { roles: member.roles, kind: member.kind, ...days };
    const what = { action: 'member.create', subject: `member:${member.id}`, after } as const;
    await this.audit.write(tx, { organisationId, ...what });
    return member.id;
  }

  /**
   * Adds members and changes those whose external id or e-mail is known, with their teams and the
   * managers of these, in one turn; what cannot be taken is refused by itself. Problems:
   * `not-found`, `last-admin`.
   */
  async saveMembers(
    organisationId: string,
    entries: readonly MemberEntry[],
  ): Promise<SavedMembers> {
    return this.database.transaction(async (tx) => {
      const saved = await this.saveMembersWithin(tx, organisationId, entries);
      const { created, updated } = saved;
      if (created.length + updated.length > 0) {
        const after = { created: created.length, updated: updated.length };
        const what = { action: 'members.save', subject: `organisation:${organisationId}` } as const;
        await this.audit.write(tx, { organisationId, ...what, after });
      }
      return saved;
    });
  }

  /** The same in a transaction that has not taken the organisation’s turn yet. */
  async saveMembersWithin(
    tx: Tx,
    organisationId: string,
    entries: readonly MemberEntry[],
    charge: Charge = 'everybody',
  ): Promise<SavedMembers> {
    const turn = await this.turn(tx, organisationId);
    const now = this.clock.now();
    const { today, ...plan } = await this.planMembers(tx, organisationId, entries, charge);
    await keepingAdmin(tx, organisationId, today, () =>
      store.writeMembers(tx, turn, plan.members, now),
    );
    await teamStore.insertTeams(tx, organisationId, plan.teams, now);
    await membershipStore.replaceMemberships(tx, organisationId, plan.memberships);
    await membershipStore.replaceManagements(tx, organisationId, plan.managements);
    const { members, memberships, managements } = plan;
    if (members.length + memberships.size + managements.size > 0) {
      await this.saved(tx, turn, members);
    }
    const { created, updated, unchanged, refused } = plan;
    return { created, updated, unchanged, refused };
  }

  /** What saving these would come to as things are now; nothing is written. */
  async tryMembers(
    organisationId: string,
    entries: readonly MemberEntry[],
    charge: Charge = 'everybody',
  ): Promise<SavedMembers> {
    return this.database.snapshot(async (tx) => {
      const planned = await this.planMembers(tx, organisationId, entries, charge);
      const { before, today, ...plan } = planned;
      const entered = await store.enteredIds(tx, organisationId);
      const people = { before, after: plan.members, entered };
      return { ...plan, refused: [...plan.refused, ...leavingNoAdmin(entries, people, today)] };
    });
  }

  private async planMembers(
    tx: Tx,
    organisationId: string,
    entries: readonly MemberEntry[],
    charge: Charge,
  ) {
    const people = {
      members: await store.listMembers(tx, organisationId),
      teams: await teamStore.listTeams(tx, organisationId),
      memberships: await membershipStore.listMemberships(tx, organisationId),
      managements: await membershipStore.listManagements(tx, organisationId),
    };
    const today = await this.today(organisationId, tx);
    const plan = planRoster(people, entries, { today, newId: uuid, charge });
    return { ...plan, before: people.members, today };
  }

  /** The members of the organisation, remembered until people change. */
  async directory(tx: Tx, turn: Turn): Promise<Directory> {
    const known = this.directories.get(turn.organisationId);
    if (known?.peopleSeq === turn.peopleSeq) return known;
    const members = await store.listMembers(tx, turn.organisationId);
    const directory = new Directory(turn.peopleSeq, members);
    this.directories.set(turn.organisationId, directory);
    return directory;
  }

  /** The directory that the last turn used; whoever prepares work by it asks again in its turn. */
  lastDirectory(organisationId: string): Directory | undefined {
    return this.directories.get(organisationId);
  }

  /** The members as this very turn has changed them; not remembered, since it may roll back. */
  async changedDirectory(tx: Tx, turn: Pick<Turn, 'organisationId' | 'seq'>): Promise<Directory> {
    return new Directory(turn.seq, await store.listMembers(tx, turn.organisationId));
  }

  /** Who there is, and who is in which team on which days, as stored. */
  async everybody(tx: Tx, organisationId: string): Promise<People<MemberRow>> {
    const members = await store.listMembers(tx, organisationId);
    return {
      members: new Map(members.map((member) => [member.id, member])),
      teams: await teamStore.listTeams(tx, organisationId),
      memberships: await membershipStore.listMemberships(tx, organisationId),
    };
  }

  /** To be called by whoever has changed people in this turn, with the members among them. */
  async saved(tx: Tx, turn: Turn, members: readonly MemberRow[] = []): Promise<void> {
    await markPeople(tx, turn);
    for (const listener of this.listeners) await listener(tx, turn, members);
    await this.signal.announce(tx, turn);
  }

  /** To be called once the settings of an organisation have changed; other processes are late. */
  forgetSettings(): void {
    this.remembered.clear();
  }
}
