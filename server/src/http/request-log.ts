import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const SENT_ID = /^[\w.:/+=-]{1,128}$/;

/** What the sender calls a request, where that may stand in a line of the log; else one of ours. */
export function requestIdOf(sent: string | string[] | undefined): string {
  return typeof sent === 'string' && SENT_ID.test(sent) ? sent : randomUUID();
}

/** Without the query; and without a secret that is part of the address. */
function pathOf({ url, routeOptions }: FastifyRequest): string | undefined {
  return routeOptions.url?.includes(':token') ? routeOptions.url : url.split('?', 1)[0];
}

/** One line for each request, with the id that its answer carries. */
export function logRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const line = {
      method: request.method,
      path: pathOf(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    };
    const quiet = request.routeOptions.url?.startsWith('/api/health') && reply.statusCode < 400;
    request.log[quiet ? 'debug' : 'info'](line, 'answered');
    done();
  });
}
