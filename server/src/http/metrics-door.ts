import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../platform/config.js';
import { CONFIG } from '../platform/surroundings.js';
import { ProblemError } from './problem-error.js';
import { FORWARDED } from './site.js';

/** What a proxy adds: with one of these a connection of this machine speaks for another one. */
const BY_PROXY = [...FORWARDED, 'x-real-ip', 'forwarded', 'via'];
const LOOPBACK = /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/;

/** By the connection itself, not by what headers say of it. */
const isOfThisMachine = ({ raw, headers }: FastifyRequest) =>
  LOOPBACK.test(raw.socket.remoteAddress ?? '') &&
  BY_PROXY.every((name) => headers[name] === undefined);

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Lets this machine read the measurements, and others only by the token of the operator. */
@Injectable()
export class MetricsDoor implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'metricsToken'>) {}

  /** Problems: `unauthenticated`. */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { metricsToken } = this.config;
    const given = digest(request.headers.authorization ?? '');
    const opens =
      metricsToken !== undefined && timingSafeEqual(given, digest(`Bearer ${metricsToken}`));
    if (opens || isOfThisMachine(request)) return true;
    throw new ProblemError('unauthenticated');
  }
}
