import { demoSignIns } from './demo-sign-ins.js';
import type { MemberCaller } from '../auth/caller.js';
import type { Role } from '@palmares/shared/people/member';
import { ProblemError } from '../http/problem-error.js';

/** Who there is, by their external ids and e-mails; teams and challenges by their names. */
export interface Cast {
  organisationId: string;
  memberIds: ReadonlyMap<string, string>;
  teamIds: ReadonlyMap<string, string>;
}

export function memberOf({ memberIds }: Cast, name: string): string {
  const id = memberIds.get(name);
  if (id === undefined) throw new Error(`the demo has no ${name}`);
  return id;
}

/** Somebody of the cast, as if they were signed in. */
export function callerOf(cast: Cast, name: string, role: Role): MemberCaller {
  const nowhere = { sessionId: '', personId: '', operator: false };
  const { organisationId } = cast;
  const memberId = memberOf(cast, name);
  return { kind: 'member', ...nowhere, organisationId, memberId, roles: [role] };
}

const emailOf = (role: Role) => demoSignIns.find((one) => one.role === role)?.email ?? '';

export const managerOf = (cast: Cast) => callerOf(cast, emailOf('manager'), 'manager');
export const adminOf = (cast: Cast) => callerOf(cast, emailOf('admin'), 'admin');
export const hrOf = (cast: Cast) => callerOf(cast, emailOf('hr'), 'hr');

/** Does what may be done already: a story that was interrupted is told again from its step on. */
export async function unlessDone(
  work: () => Promise<unknown>,
  ...codes: readonly string[]
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ProblemError && codes.includes(error.problem.code))) throw error;
  }
}
