import { permits } from '@palmares/shared/access/policy';
import { BEYOND, isOnlyRep, type Charge } from '@palmares/shared/people/charge';
import type { Role } from '@palmares/shared/people/member';
import type { Scope } from '@palmares/shared/auth/scope';
import type { Caller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { refusal } from './refusal.js';

/** Whom the holder of these scopes may change; null stands for a person, who is an admin. */
export const chargeBy = (scopes: readonly Scope[] | null): Charge =>
  scopes === null || permits('member.promote', { kind: 'key', scopes }) ? 'everybody' : 'reps';

/** Whom a caller may change that a route for people has let in. */
export const chargeOf = (caller: Caller): Charge =>
  chargeBy(caller.kind === 'key' ? caller.scopes : null);

/** Problems: `forbidden` where roles are given that take an admin. */
export function refuseRoles(charge: Charge, roles: readonly Role[] | undefined): void {
  if (charge === 'everybody' || !roles || isOnlyRep({ roles })) return;
  throw refusal('forbidden', '/roles', BEYOND.roles);
}

/** Problems: `forbidden` for a member whom only an admin changes. */
export function refuseMember(charge: Charge, member: { roles: readonly Role[] }): void {
  if (charge === 'reps' && !isOnlyRep(member)) throw new ProblemError('forbidden', BEYOND.member);
}

/** Problems: `forbidden` where it takes an admin to say who manages a team. */
export function refuseManagers(charge: Charge, named: boolean): void {
  if (charge === 'reps' && named) throw refusal('forbidden', '/managers', BEYOND.managers);
}
