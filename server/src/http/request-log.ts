import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ActingRequest } from './origin.js';

const SENT_ID = /^[\w.:/+=-]{1,128}$/;

/** What the sender calls a request, where that may stand in a line of the log; else one of ours. */
export function requestIdOf(sent: string | string[] | undefined): string {
  return typeof sent === 'string' && SENT_ID.test(sent) ? sent : randomUUID();
}

/** A word of an address; what is longer or odder may be a secret that went astray. */
const WORD = /^[a-z][\w.-]{0,23}$/i;
const WORDS_MAX = 8;

/**
 * Without the query. Where no route matches, only what looks like words: a link that somebody has
 * broken, or puts in the wrong place, is still a secret.
 */
function pathOf({ url, routeOptions }: FastifyRequest): string {
  const path = url.split('?', 1)[0] ?? '';
  if (routeOptions.url !== undefined && !routeOptions.url.endsWith('*')) return path;
  const words = path.split('/', WORDS_MAX);
  return words.map((word) => (word === '' || WORD.test(word) ? word : '…')).join('/');
}

/** Who was refused, where that is known, and from where. */
const refused = ({ actor, ip }: ActingRequest) => ({ address: ip, actor });

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
      ...(reply.statusCode === 401 || reply.statusCode === 403 ? refused(request) : {}),
    };
    const quiet = request.routeOptions.url?.startsWith('/api/health') && reply.statusCode < 400;
    request.log[quiet ? 'debug' : 'info'](line, 'answered');
    done();
  });
}
