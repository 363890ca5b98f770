import {
  Catch,
  HttpException,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { problem, type Problem, type ProblemCode } from '@palmares/shared/problem/catalogue';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isLostConnection } from '../platform/lost-connection.js';
import { Methods } from './methods.js';
import { ProblemError } from './problem-error.js';
import { securityHeaders, UNKEPT } from './security.js';

const byStatus: Record<number, ProblemCode> = {
  400: 'malformed-request',
  404: 'not-found',
  413: 'body-too-large',
  415: 'content-type-unsupported',
  429: 'too-many-requests',
  503: 'unavailable',
};

/** What a client is told of an error; whatever we did not foresee tells nothing. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (isLostConnection(error)) return problem('unavailable', 'The database cannot be reached');
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : (error as { statusCode?: unknown } | null)?.statusCode;
  const code = typeof status === 'number' ? byStatus[status] : undefined;
  if (code) return problem(code);
  const foreseen = typeof status === 'number' && status >= 400 && status < 500;
  return foreseen ? problem('malformed-request') : problem('internal');
}

/** An address that no router can read reaches neither hooks nor filters. */
export function answerUnreadable(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  void reply
    .headers({ ...securityHeaders, ...UNKEPT, 'x-request-id': request.id })
    .status(400)
    .type('application/problem+json')
    .send({ ...problemOf(error), instance: request.id });
}

/** Answers every error as RFC 9457 `application/problem+json`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly methods: Methods) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    // No route: perhaps there is one for another method.
    const methods = error instanceof NotFoundException ? this.methods.of(reply.request) : [];
    const body = methods.length > 0 ? problem('method-not-allowed') : problemOf(error);
    if (methods.length > 0) void reply.header('allow', methods.join(', '));
    if (body.status >= 500) reply.log.error({ err: error }, 'request failed');
    if (body.status === 429 || body.status === 503) {
      const seconds = error instanceof ProblemError ? error.retryAfterSeconds : 1;
      void reply.header('retry-after', String(seconds));
    }
    if (body.status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply
      .status(body.status)
      .type('application/problem+json')
      .send({ ...body, instance: reply.request.id });
  }
}
