import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance } from 'fastify';

/** Where a command comes from: who gives it, from which address, in which request. */
export interface Origin {
  /** Null until somebody has shown who they are. */
  actor: string | null;
  address: string | null;
  requestId: string | null;
}

const origins = new AsyncLocalStorage<Origin>();

/** Where what is being done now comes from; undefined for what the server does by itself. */
export const originNow = (): Origin | undefined => origins.getStore();

/** Whoever sent this request has shown who they are. */
export function nameActor(actor: string): void {
  const origin = origins.getStore();
  if (origin) origin.actor = actor;
}

/** Does some work as of an origin. */
export const asOf = <Result>(origin: Origin, work: () => Result): Result =>
  origins.run(origin, work);

/** Lets whatever a request sets off know the request, without handing it through every call. */
export function rememberOrigins(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    origins.run({ actor: null, address: request.ip, requestId: request.id }, done);
  });
}
