import { createParamDecorator, applyDecorators, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { digestId } from '../platform/digest.js';
import { ProblemError } from './problem-error.js';

/** What a sender calls one command, to be able to send it again; and what was sent. */
export interface CommandKey {
  key: string;
  requestHash: string;
}

const HEADER = 'idempotency-key';
const LONGEST = 200;

function keyOf(request: FastifyRequest): CommandKey | undefined {
  const key = request.headers[HEADER];
  if (typeof key !== 'string' || key === '') return undefined;
  if (key.length > LONGEST) {
    throw new ProblemError('idempotency-key-missing', `at most ${LONGEST} characters`);
  }
  const { method, url } = request;
  return { key, requestHash: digestId(JSON.stringify([method, url, request.body ?? null])) };
}

/** The Idempotency-Key of a command that needs one. Problems: `idempotency-key-missing`. */
export const RequiredKey = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const key = keyOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!key) throw new ProblemError('idempotency-key-missing');
  return key;
});

/** Tells the readers of the API that a route needs the header. */
export const NeedsKey = () =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'Any text of at most 200 characters; sent again it gets the same answer',
    }),
  );
