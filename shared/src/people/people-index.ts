import type { Day } from '../time/day.js';
import type { MemberKind, Role } from './member.js';

/** A member as stored. */
export interface MemberState {
  id: string;
  externalId: string | null;
  email: string | null;
  name: string;
  roles: Role[];
  kind: MemberKind;
  enteredOn: Day | null;
  /** The day after the last one. */
  leftOn: Day | null;
}

export interface TeamState {
  id: string;
  externalId: string | null;
  name: string;
  parentId: string | null;
}

/** Names are the same whatever their case and their spaces. */
export const plain = (name: string) =>
  name.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** Lists by a key. */
export function groupBy<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const known = groups.get(key(item));
    if (known) known.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Members by each of their names, while they change. */
export class MemberIndex {
  private readonly byId = new Map<string, MemberState>();
  private readonly byEmail = new Map<string, MemberState>();
  private readonly byExternalId = new Map<string, MemberState>();
  private readonly byName = new Map<string, Map<string, MemberState>>();

  constructor(members: readonly MemberState[]) {
    for (const member of members) this.put(member);
  }

  get(id: string): MemberState | undefined {
    return this.byId.get(id);
  }

  withEmail(email: string | null | undefined): MemberState | undefined {
    return email ? this.byEmail.get(email.toLowerCase()) : undefined;
  }

  withExternalId(externalId: string | null | undefined): MemberState | undefined {
    return externalId ? this.byExternalId.get(externalId) : undefined;
  }

  withName(name: string): MemberState[] {
    return [...(this.byName.get(plain(name))?.values() ?? [])];
  }

  /** Adds a member, or puts them in the place of what was known of them. */
  put(member: MemberState): void {
    const known = this.byId.get(member.id);
    if (known) {
      if (known.email !== null) this.byEmail.delete(known.email);
      if (known.externalId !== null) this.byExternalId.delete(known.externalId);
      this.byName.get(plain(known.name))?.delete(known.id);
    }
    this.byId.set(member.id, member);
    if (member.email !== null) this.byEmail.set(member.email, member);
    if (member.externalId !== null) this.byExternalId.set(member.externalId, member);
    const namesakes = this.byName.get(plain(member.name));
    if (namesakes) namesakes.set(member.id, member);
    else this.byName.set(plain(member.name), new Map([[member.id, member]]));
  }
}

/** Teams by their id, their external id and their name. */
export class TeamIndex {
  private readonly byId = new Map<string, TeamState>();
  private readonly byExternalId = new Map<string, TeamState>();
  private readonly byName: Map<string, TeamState[]>;

  constructor(teams: readonly TeamState[]) {
    for (const team of teams) {
      this.byId.set(team.id, team);
      if (team.externalId !== null) this.byExternalId.set(team.externalId, team);
    }
    this.byName = groupBy(teams, ({ name }) => plain(name));
  }

  get(id: string): TeamState | undefined {
    return this.byId.get(id);
  }

  /** All that a file may mean by a text: the one with this external id, or those of this name. */
  called(text: string): TeamState[] {
    const known = this.byExternalId.get(text);
    return known ? [known] : (this.byName.get(plain(text)) ?? []);
  }

  add(team: TeamState): void {
    this.byName.set(plain(team.name), [...(this.byName.get(plain(team.name)) ?? []), team]);
  }
}
