import type { Refusal } from '../problem/refusal.js';
import type { Day } from '../time/day.js';
import type { Charge } from './charge.js';
import type { Management, Membership } from './membership.js';
import type { MemberState, TeamState } from './people-index.js';
import type { Stretch } from './stretch.js';

export type TeamStretch = Stretch & { teamId: string };

/** Everybody of an organisation, with their teams. */
export interface People {
  members: readonly MemberState[];
  teams: readonly TeamState[];
  memberships: readonly Membership[];
  managements: readonly Management[];
}

/** What has to be written for some entries, and what became of each. */
export interface RosterPlan {
  /** Ids, one for each entry that was not refused. */
  created: string[];
  updated: string[];
  unchanged: string[];
  refused: Refusal[];
  /** Members to add or to change, each once, as they are now. */
  members: MemberState[];
  /** Teams to add. */
  teams: TeamState[];
  /** All memberships of those whose memberships change. */
  memberships: Map<string, readonly TeamStretch[]>;
  /** All managements of the teams whose managers change. */
  managements: Map<string, readonly Management[]>;
}

/** What a plan needs from outside: the local day, and ids for whom it makes. */
export interface RosterContext {
  today: Day;
  newId(): string;
  /** Whom the writer of the entries may change: everybody, where nothing is said. */
  charge?: Charge | undefined;
}
