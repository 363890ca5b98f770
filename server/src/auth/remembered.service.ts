import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { AuthService } from './auth.service.js';
import type { Caller } from './caller.js';
import { tokenIn } from './session-cookie.js';
import { SessionService } from './session.service.js';

/** Callers who have been identified a moment ago. */
@Injectable()
export class RememberedService {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionService,
  ) {}

  /** Who sends these headers, if that is remembered; for what only reads, as nothing else is asked. */
  caller(headers: IncomingHttpHeaders): Caller | undefined {
    const { authorization } = headers;
    const bearer = authorization && /^Bearer (\S+)$/i.exec(authorization)?.[1];
    if (bearer) return this.auth.remembered(bearer);
    const token = tokenIn(headers);
    const caller = token === undefined ? undefined : this.sessions.remembered(token);
    return caller?.kind === 'member' ? caller : undefined;
  }
}
