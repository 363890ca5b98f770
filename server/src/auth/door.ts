import { Injectable } from '@nestjs/common';
import { ProblemError } from '../http/problem-error.js';
import { isSameOrigin } from '../http/same-origin.js';
import type { Holder, Knock } from '../live/live.gateway.js';
import { AuthService } from './auth.service.js';
import { credentialOf, type Caller, type SignedIn } from './caller.js';
import { sessionToken } from './session-cookie.js';
import { SessionService } from './session.service.js';

/** The door of the sockets: a key, a board link, or the cookie of somebody signed in. */
@Injectable()
export class Door {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionService,
  ) {}

  /** Problems: `unauthenticated`, `csrf` for a cookie that comes from the page of another. */
  async admit({ auth: { link, key }, headers }: Knock): Promise<Holder<Caller | SignedIn>> {
    const token = link ?? key;
    const bearer =
      token === undefined
        ? await this.byCookie(headers)
        : await this.auth.identify(typeof token === 'string' ? token : '');
    return { bearer, credentialId: credentialOf(bearer) };
  }

  private async byCookie(headers: Knock['headers']): Promise<SignedIn> {
    const secure = String(headers['x-forwarded-proto']).startsWith('https');
    const token = sessionToken(headers, secure);
    if (token === undefined) throw new ProblemError('unauthenticated');
    if (!isSameOrigin(headers)) throw new ProblemError('csrf');
    return (await this.sessions.identify(token)).caller;
  }
}
