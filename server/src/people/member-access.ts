import type { Role } from '@palmares/shared/people/member';
import type { Caller } from '../auth/caller.js';
import { refusal } from './refusal.js';

/**
 * What a caller says of a member, if they may: a key that writes people makes nobody an admin,
 * who could do more than the key. Problems: `forbidden`.
 */
export function mayGive<Input extends { roles?: Role[] | undefined }>(
  caller: Caller,
  input: Input,
): Input {
  const isAdmin = caller.kind !== 'key' || caller.scopes.includes('admin');
  if (isAdmin || !input.roles?.includes('admin')) return input;
  throw refusal('forbidden', '/roles', 'only an admin makes admins');
}
