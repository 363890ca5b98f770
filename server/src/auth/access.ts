import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller, SignedIn } from './caller.js';

export { Allow, AllowPlain } from '../http/allow.js';

export interface CallerRequest extends FastifyRequest {
  caller?: Caller | SignedIn;
}

/** The caller that the guard let in. */
export const From = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<CallerRequest>().caller;
});
