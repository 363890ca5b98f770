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

const NAME = 'Idempotency-Key';
const HEADER = NAME.toLowerCase();
const LONGEST = 200;

function keyOf(request: FastifyRequest): CommandKey | undefined {
  const key = request.headers[HEADER];
  if (typeof key !== 'string' || key === '') return undefined;
  if (key.length > LONGEST) {
    const detail = `at most ${LONGEST} characters`;
    throw new ProblemError('invalid', undefined, [{ parameter: NAME, detail }]);
  }
  const { method, url } = request;
  return { key, requestHash: digestId(JSON.stringify([method, url, request.body ?? null])) };
}

/** The Idempotency-Key of a command that needs one. Problems: `idempotency-key-missing`, `invalid`. */
export const RequiredKey = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const key = keyOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!key) throw new ProblemError('idempotency-key-missing');
  return key;
});

/** Tells the readers of the API that a route needs the header. */
export const NeedsKey = () =>
  applyDecorators(
    ApiHeader({
      name: NAME,
      required: true,
      schema: { type: 'string', minLength: 1, maxLength: LONGEST },
      description: 'Any text of at most 200 characters; sent again it gets the same answer',
    }),
  );
