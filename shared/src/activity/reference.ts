import type { MemberReference } from './input.js';

/** A reference as one text, by which what waits for a member is found again. */
export function nameOf(reference: MemberReference): string {
  if ('id' in reference) return `id:${reference.id.toLowerCase()}`;
  if ('email' in reference) return `email:${reference.email.toLowerCase()}`;
  return `externalId:${reference.externalId}`;
}

/** Every name by which a member may be referred to. */
export function namesOf(member: {
  id: string;
  email: string | null;
  externalId: string | null;
}): string[] {
  const { id, email, externalId } = member;
  return [
    nameOf({ id }),
    ...(email === null ? [] : [nameOf({ email })]),
    ...(externalId === null ? [] : [nameOf({ externalId })]),
  ];
}
