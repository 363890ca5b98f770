import { Injectable } from '@nestjs/common';
import type { MemberInput } from '@palmares/shared/people/member';
import type { OrganisationInput } from '@palmares/shared/people/organisation';
import { v7 as uuid } from 'uuid';
import { ProblemError } from '../http/problem-error.js';
import { BriefMemory } from '../platform/brief-memory.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { Directory } from './directory.js';
import * as store from './people.store.js';
import type { MemberRow, Organisation } from './people.store.js';

export type { MemberRow, Organisation } from './people.store.js';
import { Roster } from './roster.js';
import { markPeople, takeTurn, type Turn } from './sequence.js';

/** Ids of the members that a save touched. */
export interface SavedMembers {
  created: string[];
  updated: string[];
  unchanged: string[];
}

/** How late a change of an organisation's own settings may be. */
const REMEMBERED_MS = 5_000;

/** Called inside the transaction that added or changed members. */
export type MembersSaved = (tx: Tx, turn: Turn, members: readonly MemberRow[]) => Promise<void>;

@Injectable()
export class PeopleService {
  private readonly directories = new Map<string, Directory>();
  private readonly listeners: MembersSaved[] = [];
  private readonly remembered = new BriefMemory<Organisation>(REMEMBERED_MS);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Whoever keeps something for each member says so here, once, when constructed. */
  onMembersSaved(listener: MembersSaved): void {
    this.listeners.push(listener);
  }

  async createOrganisation(input: OrganisationInput, demo = false): Promise<Organisation> {
    const organisation = { ...input, id: uuid(), demo };
    await this.database.transaction((tx) =>
      store.insertOrganisation(tx, organisation, this.clock.now()),
    );
    return organisation;
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

  /** Waits for the organisation's turn to write. Problems: `not-found`. */
  async turn(tx: Tx, organisationId: string): Promise<Turn> {
    const turn = await takeTurn(tx, organisationId, this.clock.now());
    if (!turn) throw new ProblemError('not-found', 'There is no such organisation');
    return turn;
  }

  /** Adds one member. Problems: `not-found`, `email-taken`, `external-id-taken`. */
  async createMember(organisationId: string, input: MemberInput): Promise<string> {
    return this.database.transaction(async (tx) => {
      const turn = await this.turn(tx, organisationId);
      const roster = new Roster(await store.listMembers(tx, organisationId));
      roster.refuseTaken(input);
      const member = await this.insert(tx, turn, input);
      await this.saved(tx, turn, [member]);
      return member.id;
    });
  }

  /**
   * Adds members and updates those whose external id or e-mail is known, in one turn.
   * Problems: `not-found`, `email-taken` when its names belong to two different members.
   */
  async saveMembers(organisationId: string, inputs: readonly MemberInput[]): Promise<SavedMembers> {
    return this.database.transaction(async (tx) => {
      const turn = await this.turn(tx, organisationId);
      const roster = new Roster(await store.listMembers(tx, organisationId));
      const result: SavedMembers = { created: [], updated: [], unchanged: [] };
      // By id: whoever is named twice has changed once.
      const changed = new Map<string, MemberRow>();
      for (const input of inputs) {
        const known = roster.match(input);
        if (known && roster.says(known, input)) {
          result.unchanged.push(known.id);
          continue;
        }
        const member = known
          ? await this.update(tx, turn, known, input)
          : await this.insert(tx, turn, input);
        (known ? result.updated : result.created).push(member.id);
        roster.add(member);
        changed.set(member.id, member);
      }
      await this.saved(tx, turn, [...changed.values()]);
      return result;
    });
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
  async changedDirectory(tx: Tx, turn: Turn): Promise<Directory> {
    return new Directory(turn.seq, await store.listMembers(tx, turn.organisationId));
  }

  private async insert(tx: Tx, turn: Turn, input: MemberInput): Promise<MemberRow> {
    const names = { email: input.email ?? null, externalId: input.externalId ?? null };
    const member = { ...input, ...names, id: uuid() };
    await store.insertMember(tx, turn.organisationId, member, this.clock.now());
    return member;
  }

  private async update(
    tx: Tx,
    turn: Turn,
    known: MemberRow,
    input: MemberInput,
  ): Promise<MemberRow> {
    const email = input.email ?? known.email;
    const member = {
      ...input,
      id: known.id,
      email,
      externalId: input.externalId ?? known.externalId,
    };
    await store.updateMember(tx, turn.organisationId, member);
    return member;
  }

  private async saved(tx: Tx, turn: Turn, members: readonly MemberRow[]): Promise<void> {
    if (members.length === 0) return;
    await markPeople(tx, turn);
    for (const listener of this.listeners) await listener(tx, turn, members);
  }
}
