import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { AuthService } from './auth.service.js';
import type { Caller } from './caller.js';
import { SessionCookie } from './session-cookie.js';
import { SessionService } from './session.service.js';

/** Callers who have been identified a moment ago. */
@Injectable()
export class RememberedService {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionService,
    private readonly cookie: SessionCookie,
  ) {}

  /** Who asks, if that is remembered; for what only reads, as nothing else is asked. */
  caller(request: IncomingMessage): Caller | undefined {
    const { authorization } = request.headers;
    const bearer = authorization && /^Bearer (\S+)$/i.exec(authorization)?.[1];
    if (bearer) return this.auth.remembered(bearer);
    const token = this.cookie.tokenOf(request);
    const caller = token === undefined ? undefined : this.sessions.remembered(token);
    return caller?.kind === 'member' ? caller : undefined;
  }
}
