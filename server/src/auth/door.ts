import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Logger } from 'pino';
import { ProblemError } from '../http/problem-error.js';
import { Site } from '../http/site.js';
import { LiveGateway, type Holder, type Knock } from '../live/live.gateway.js';
import { LOGGER } from '../platform/platform.module.js';
import { AuthService } from './auth.service.js';
import { bearerIn } from './bearer.js';
import { credentialOf, type Caller, type SignedIn } from './caller.js';
import { SessionCookie } from './session-cookie.js';
import { SessionService } from './session.service.js';

/** How long after the end of a session, or of a member's last day, their sockets may stay. */
const LOOK_MS = 60_000;

/** The door of the sockets: a key, a board link, or the cookie of somebody signed in. */
@Injectable()
export class Door implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionService,
    private readonly cookie: SessionCookie,
    private readonly site: Site,
    private readonly gateway: LiveGateway,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    gateway.admitBy((knock) => this.admit(knock));
  }

  onApplicationBootstrap(): void {
    const look = () =>
      this.look().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'cannot see who has to go');
      });
    this.timer = setInterval(() => void look(), LOOK_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Shows out whose time has come: nothing says so when it does. */
  async look(): Promise<void> {
    const bearers = this.gateway.holders().map(({ bearer }) => bearer as Caller | SignedIn);
    const keys = bearers.flatMap((bearer) => (bearer.kind === 'key' ? [bearer.keyId] : []));
    if (keys.length > 0) for (const id of await this.auth.goneKeys(keys)) this.gateway.dismiss(id);
    const signedIn = bearers.filter((bearer) => 'sessionId' in bearer);
    if (signedIn.length === 0) return;
    for (const { sessionId } of await this.sessions.gone(signedIn)) this.gateway.dismiss(sessionId);
  }

  /** Problems: `unauthenticated`, `csrf` for a cookie that comes from the page of another. */
  private async admit({ auth, headers, request }: Knock): Promise<Holder<Caller | SignedIn>> {
    const token = auth['link'] ?? auth['key'] ?? auth['token'] ?? bearerIn(headers.authorization);
    const bearer =
      token === undefined
        ? await this.byCookie(request)
        : await this.auth.identify(typeof token === 'string' ? token : '');
    return { bearer, credentialId: credentialOf(bearer) };
  }

  private async byCookie(request: Knock['request']): Promise<SignedIn> {
    const token = this.cookie.tokenOf(request);
    if (token === undefined) throw new ProblemError('unauthenticated');
    if (!this.site.isSameOrigin(request)) throw new ProblemError('csrf');
    return (await this.sessions.identify(token)).caller;
  }
}
