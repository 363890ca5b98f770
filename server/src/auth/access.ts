import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Scope } from '@palmares/shared/auth/scope';
import type { Role } from '@palmares/shared/people/member';
import type { FastifyRequest } from 'fastify';
import { ACCESS, letIn } from '../http/open.js';
import type { Caller, SignedIn } from './caller.js';

/**
 * Who may call a route: anybody; or a key with a scope (one of some), a signed-in member with one of some roles,
 * the bearer of a board link, somebody signed in whether or not an organisation is picked, an
 * operator. What is not named is refused.
 */
export type Access =
  | { public: true }
  | {
      scope?: Scope | readonly Scope[];
      roles?: readonly Role[];
      boardLink?: true;
      person?: true;
      operator?: true;
    };

/** Declares who may call a route; one that declares nothing refuses everybody. */
export const Allow = (access: Access) => letIn(access);

/**
 * The same for a route that is called all day long: what it writes keeps a record of its own, and
 * it answers with nothing but what its schema says.
 */
export const AllowPlain = (access: Access) => SetMetadata(ACCESS, access);

export interface CallerRequest extends FastifyRequest {
  caller?: Caller | SignedIn;
}

/** The caller that the guard let in. */
export const From = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<CallerRequest>().caller;
});

/** True when what a route declares lets this caller in. */
export function permits(access: Access, caller: Caller | SignedIn): boolean {
  if ('public' in access) return true;
  if (caller.kind === 'board-link') return access.boardLink === true;
  if (caller.kind === 'key') {
    if (access.scope === undefined) return false;
    const opening = ['admin', ...[access.scope].flat()];
    return caller.scopes.some((scope) => opening.includes(scope));
  }
  if (access.person || (access.operator && caller.operator)) return true;
  return caller.kind === 'member' && caller.roles.some((role) => access.roles?.includes(role));
}
