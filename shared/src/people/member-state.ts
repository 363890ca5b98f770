import { emailSchema } from './member.js';
import type { MemberState } from './people-index.js';

/** Somebody of whom a file has only ever said the name, as the manager of a team. */
export const isMereName = ({ email, externalId, name, roles }: MemberState) =>
  email === null && externalId === name && roles.join() === 'manager';

/** Of whom a file says nothing but that they manage a team. */
export function mereManager(id: string, text: string): MemberState {
  const email = emailSchema.safeParse(text).data ?? null;
  return {
    id,
    externalId: email === null ? text : null,
    email,
    name: text,
    roles: ['manager'],
    kind: 'employee',
    enteredOn: null,
    leftOn: null,
  };
}

export function sameMember(a: MemberState, b: MemberState): boolean {
  const keys = ['externalId', 'email', 'name', 'kind', 'enteredOn', 'leftOn'] as const;
  return keys.every((key) => a[key] === b[key]) && a.roles.join() === b.roles.join();
}
