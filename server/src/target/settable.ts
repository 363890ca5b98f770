import { reachOf } from '@palmares/shared/access/policy';
import { membersOf } from '@palmares/shared/people/membership';
import { lineOf } from '@palmares/shared/people/team';
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
}

/**
 * Whose targets a caller may set. A manager sets those of teams managed today, and of who is in
 * these in the period; not their own, nor that of a team that they sell in: who gains by a target
 * does not set it.
 */
export function settableBy(tx: Tx, results: ResultService, caller: Caller) {
  const known = new Map<string, Promise<Reach>>();
  return async (type: 'member' | 'team', id: string, period: Period): Promise<Settable> => {
    if (caller.kind !== 'member' || reachOf('target.set', caller) === 'organisation') {
      return 'settable';
    }
    const fresh = known.get(period.text) ?? bounds(tx, results, caller, period);
    known.set(period.text, fresh);
    const { teams, members, own } = await fresh;
    if (id === caller.memberId || (type === 'team' && own.has(id))) return 'own';
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
  const sold = memberships.filter((one) => one.memberId === memberId);
  return {
    teams,
    members: new Set(membersOf(teams, memberships, period).map((one) => one.memberId)),
    own: new Set(roles.includes('rep') ? sold.flatMap(({ teamId }) => lineOf(all, teamId)) : []),
  };
}
