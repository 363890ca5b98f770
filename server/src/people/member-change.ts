import { planManagements } from '@palmares/shared/people/management';
import { withLeaving, type MembershipInput } from '@palmares/shared/people/membership';
import type { MemberState } from '@palmares/shared/people/people-index';
import { firstOverlap } from '@palmares/shared/people/stretch';
import type { Day } from '@palmares/shared/time/day';
import { ProblemError } from '../http/problem-error.js';
import type { Tx } from '../platform/database.js';
import * as membershipStore from './membership.store.js';
import * as store from './people.store.js';
import { refusal } from './refusal.js';
import * as teamStore from './team.store.js';

/** Problems: `email-taken`, `external-id-taken`, when the name is another member’s. */
export async function refuseTaken(
  tx: Tx,
  organisationId: string,
  { id, email, externalId }: MemberState,
): Promise<void> {
  const namesakes = await store.findNamesakes(tx, organisationId, { id, email, externalId });
  if (email !== null && namesakes.some((one) => one.email === email)) {
    throw refusal('email-taken', '/email', email);
  }
  if (namesakes.length > 0) throw refusal('external-id-taken', '/externalId', externalId ?? '');
}

/** Gives a member these memberships and no others. Problems: `team-unknown`, `team-overlap`. */
export async function replaceTeams(
  tx: Tx,
  organisationId: string,
  { id, leftOn }: MemberState,
  teams: readonly MembershipInput[],
): Promise<void> {
  const known = new Set((await teamStore.listTeams(tx, organisationId)).map((team) => team.id));
  const strange = teams.findIndex(({ teamId }) => !known.has(teamId));
  if (strange >= 0) {
    throw refusal('team-unknown', `/teams/${strange}/teamId`, 'no team of this organisation');
  }
  const overlap = firstOverlap(teams);
  if (overlap !== undefined) {
    throw refusal('team-overlap', `/teams/${overlap}/from`, 'in another team on that day');
  }
  const memberships = new Map([[id, withLeaving(teams, null, leftOn)]]);
  await membershipStore.replaceMemberships(tx, organisationId, memberships);
}

/**
 * Changes people, unless the organisation would then be without an admin, or sooner than before;
 * in its turn, so that of two who withdraw each other’s role one stays. Problems: `last-admin`.
 */
export async function keepingAdmin<T>(
  tx: Tx,
  organisationId: string,
  today: Day,
  work: () => Promise<T>,
): Promise<T> {
  const before = await store.administeredUntil(tx, organisationId, today);
  const done = await work();
  if (before === null) return done;
  const after = await store.administeredUntil(tx, organisationId, today);
  if (after === null || after < before) throw new ProblemError('last-admin');
  return done;
}

/** What somebody has of teams ends with leaving, and goes on when they stay after all. */
export async function followLeaving(
  tx: Tx,
  organisationId: string,
  before: MemberState,
  after: MemberState,
  today: Day,
): Promise<void> {
  if (before.leftOn === after.leftOn) return;
  const { id } = after;
  const list = await membershipStore.listMemberships(tx, organisationId, [id]);
  const memberships = withLeaving(list, before.leftOn, after.leftOn);
  await membershipStore.replaceMemberships(tx, organisationId, new Map([[id, memberships]]));
  const known = await membershipStore.listManagements(tx, organisationId);
  const managements = planManagements(known, {
    named: new Map(),
    leaving: new Map([[id, { was: before.leftOn, now: after.leftOn }]]),
    leftOn: (memberId) => (memberId === id ? after.leftOn : null),
    today,
  });
  await membershipStore.replaceManagements(tx, organisationId, managements);
}
