import type { Scope } from '@palmares/shared/auth/scope';

/** Who sent a request. */
export type Caller =
  | { kind: 'key'; organisationId: string; keyId: string; scopes: readonly Scope[] }
  | { kind: 'board-link'; organisationId: string; linkId: string; challengeId: string };
