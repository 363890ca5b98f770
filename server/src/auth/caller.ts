import type { Scope } from '@palmares/shared/auth/scope';
import type { Role } from '@palmares/shared/people/member';

/** Somebody signed in, who has picked no organisation yet or has none. */
export interface PersonCaller {
  kind: 'person';
  sessionId: string;
  personId: string;
  operator: boolean;
}

/** Somebody signed in, in the organisation of the session. */
export interface MemberCaller extends Omit<PersonCaller, 'kind'> {
  kind: 'member';
  organisationId: string;
  memberId: string;
  roles: readonly Role[];
}

/** A machine, for which the member answers who made its key; null for a key of the command line. */
export interface KeyCaller {
  kind: 'key';
  organisationId: string;
  keyId: string;
  scopes: readonly Scope[];
  createdBy: string | null;
}

/** The product itself: the demo, commands, and what the clock starts. */
export interface SystemCaller {
  kind: 'system';
  organisationId: string;
}

/** Who sent a request to an organisation. */
export type Caller =
  | KeyCaller
  | { kind: 'board-link'; organisationId: string; linkId: string; challengeId: string }
  | MemberCaller;

export type SignedIn = PersonCaller | MemberCaller;

/** What is taken away to show the caller out: a key, a link, a session. */
export function credentialOf(caller: Caller | SignedIn): string {
  if (caller.kind === 'key') return caller.keyId;
  return caller.kind === 'board-link' ? caller.linkId : caller.sessionId;
}

/** The member who asks; null for keys and links. */
export const memberIdOf = (caller: Caller): string | null =>
  caller.kind === 'member' ? caller.memberId : null;

/** The member who answers for what the caller does; null for links and the command line. */
export const answerableFor = (caller: Caller): string | null =>
  caller.kind === 'key' ? caller.createdBy : memberIdOf(caller);

/** Who did it, for the record: `key:<id>`, `member:<id>`, `person:<id>`. */
export function signatureOf(caller: Caller | SignedIn): string {
  if (caller.kind === 'person') return `person:${caller.personId}`;
  if (caller.kind === 'member') return `member:${caller.memberId}`;
  return caller.kind === 'key' ? `key:${caller.keyId}` : `link:${caller.linkId}`;
}
