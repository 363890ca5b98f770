import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Scope } from '@palmares/shared/auth/scope';
import type { FastifyRequest } from 'fastify';
import { ACCESS } from '../http/open.js';
import type { Caller } from './caller.js';

/** Who may call a route: anybody, a key with a scope, or also the bearer of a board link. */
export type Access = { public: true } | { scope: Scope; boardLink?: true } | { boardLink: true };

/** Declares who may call a route; one that declares nothing refuses everybody. */
export const Allow = (access: Access) => SetMetadata(ACCESS, access);

export interface CallerRequest extends FastifyRequest {
  caller?: Caller;
}

/** The caller that the guard let in. */
export const From = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<CallerRequest>().caller;
});

/** True when what a route declares lets this caller in. */
export function permits(access: Access, caller: Caller): boolean {
  if ('public' in access) return true;
  if (caller.kind === 'board-link') return access.boardLink === true;
  if (!('scope' in access)) return false;
  return caller.scopes.includes('admin') || caller.scopes.includes(access.scope);
}
