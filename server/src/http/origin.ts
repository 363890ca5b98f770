import { AsyncLocalStorage } from 'node:async_hooks';
import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { defer, lastValueFrom, type Observable } from 'rxjs';

/** Where a command comes from: who gives it, from which address, in which request. */
export interface Origin {
  /** Null where nobody has shown who they are. */
  actor: string | null;
  address: string | null;
  requestId: string | null;
}

/** A request of whom the guard knows who sent it. */
export interface ActingRequest extends FastifyRequest {
  actor?: string;
}

const origins = new AsyncLocalStorage<Origin>();
let underWay = 0;

/** Where what is being done now comes from; undefined for what the server does by itself. */
export const originNow = (): Origin | undefined => origins.getStore();

/** Who gives the command under way; `system` for what the server does by itself. */
export const actorNow = (): string => originNow()?.actor ?? 'system';

/**
 * Does some work as of an origin. While such work is under way every promise of the process costs
 * more (a sixth of the time of a small request was seen), so this ends with the last of it.
 */
export async function asOf<Result>(origin: Origin, work: () => Promise<Result>): Promise<Result> {
  underWay += 1;
  try {
    return await origins.run(origin, work);
  } finally {
    underWay -= 1;
    if (underWay === 0) origins.disable();
  }
}

const READING = ['GET', 'HEAD', 'OPTIONS'];

/** Lets whatever a command sets off know the request, without handing it through every call. */
@Injectable()
export class OriginInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const { actor = null, ip, id, method } = context.switchToHttp().getRequest<ActingRequest>();
    if (READING.includes(method)) return next.handle();
    const origin = { actor, address: ip, requestId: id };
    const done = () => lastValueFrom(next.handle(), { defaultValue: undefined });
    return defer(() => asOf(origin, done));
  }
}
