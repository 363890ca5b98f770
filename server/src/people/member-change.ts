import { planManagements } from '@palmares/shared/people/management';
import { withLeaving, type MembershipInput } from '@palmares/shared/people/membership';
import type { MemberState } from '@palmares/shared/people/people-index';
import { firstOverlap } from '@palmares/shared/people/stretch';
import type { Day } from '@palmares/shared/time/day';
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
