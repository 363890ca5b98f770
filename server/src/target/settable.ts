import { reachOf } from '@palmares/shared/access/policy';
import { membersOf } from '@palmares/shared/people/membership';
import { branchesOf, lineOf } from '@palmares/shared/people/team';
import type { Period } from '@palmares/shared/time/period';
import type { Caller, MemberCaller } from '../auth/caller.js';
import type { ResultService } from '../kpi/result.service.js';
import type { Tx } from '../platform/database.js';
import * as store from './target.store.js';

/** Of a target: whether a caller may set it, or why not. */
export type Settable = 'settable' | 'own' | 'foreign';

interface Reach {
  teams: ReadonlySet<string>;
  members: ReadonlySet<string>;
  /** Teams that the manager sells in, with those above. */
  own: ReadonlySet<string>;
  /** Members of these teams: a team without a target of its own has the sum of theirs. */
  mates: ReadonlySet<string>;
}

/**
 * Whose targets a caller may set. A manager sets those of teams managed today, and of their members
 * in the period. A manager does not set their own target, nor that of a team in which they sell,
 * nor those of its members: a challenge could pay the manager by it.
 */
export function settableBy(tx: Tx, results: ResultService, caller: Caller) {
  const known = new Map<string, Promise<Reach>>();
  return async (type: 'member' | 'team', id: string, period: Period): Promise<Settable> => {
    if (caller.kind !== 'member' || reachOf('target.set', caller) === 'organisation') {
      return 'settable';
    }
    const fresh = known.get(period.text) ?? bounds(tx, results, caller, period);
    known.set(period.text, fresh);
    const { teams, members, own, mates } = await fresh;
    if (id === caller.memberId || (type === 'team' ? own : mates).has(id)) return 'own';
    return (type === 'team' ? teams : members).has(id) ? 'settable' : 'foreign';
  };
}

async function bounds(
  tx: Tx,
  results: ResultService,
  caller: MemberCaller,
  period: Period,
): Promise<Reach> {
  const { organisationId, memberId, roles } = caller;
  const teams = await results.managedNow(tx, caller);
  const memberships = await store.memberships(tx, organisationId, period);
  const all = await results.teams(tx, organisationId);
  const within = (ids: ReadonlySet<string>) =>
    new Set(membersOf(ids, memberships, period).map((one) => one.memberId));
  const sold = roles.includes('rep') ? memberships.filter((one) => one.memberId === memberId) : [];
  const own = new Set(sold.flatMap(({ teamId }) => lineOf(all, teamId)));
  return { teams, members: within(teams), own, mates: within(branchesOf(all, own)) };
}
