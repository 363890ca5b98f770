import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { permits, policy, type Action } from '@palmares/shared/access/policy';
import { CSRF_HEADER } from '@palmares/shared/auth/session';
import { ACTION } from '../http/allow.js';
import { Entrance } from '../http/entrance.js';
import type { ActingRequest } from '../http/origin.js';
import { ProblemError } from '../http/problem-error.js';
import { Site } from '../http/site.js';
import type { CallerRequest } from './access.js';
import { AuthService } from './auth.service.js';
import { bearerIn } from './bearer.js';
import { signatureOf, type Caller, type SignedIn } from './caller.js';
import { SessionCookie } from './session-cookie.js';
import { isSame } from './session-secret.js';
import { SessionService } from './session.service.js';

const READING = ['GET', 'HEAD', 'OPTIONS'];

/** An operator acts from outside, whichever organisation they have picked. */
function actorOf(action: Action, caller: Caller | SignedIn): string {
  const outside = policy[action].others === 'operator' && 'personId' in caller;
  return outside ? `person:${caller.personId}` : signatureOf(caller);
}

interface AdmittedRequest extends CallerRequest, ActingRequest {
  /** The route lets its caller in: that has been looked at. */
  admitted?: true;
}

/** Lets in whom the policy permits the action of the route. Problems: `unauthenticated`, `forbidden`, `csrf`. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly auth: AuthService,
    private readonly sessions: SessionService,
    private readonly cookie: SessionCookie,
    private readonly site: Site,
    entrance: Entrance,
  ) {
    entrance.admitBy((action, request) => this.admit(action, request));
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const action = this.reflector.getAllAndOverride<Action | undefined>(ACTION, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<AdmittedRequest>();
    // Before the body was read; a route that the entrance does not know is looked at here.
    if (!request.admitted) await this.admit(action, request);
    return true;
  }

  private async admit(action: Action | undefined, request: AdmittedRequest): Promise<void> {
    if (!action) throw new ProblemError('forbidden', 'This route lets nobody in');
    const token = bearerIn(request.headers.authorization);
    const open = policy[action].others === 'public';
    // Whoever sends a token means it; a cookie comes along whoever has written the page.
    const caller = token
      ? !open && (await this.auth.identify(token))
      : await this.byCookie(request, open);
    if (!open) this.enter(action, request, caller);
    request.admitted = true;
  }

  private enter(
    action: Action,
    request: AdmittedRequest,
    caller: Caller | SignedIn | false | undefined,
  ): void {
    if (!caller) throw new ProblemError('unauthenticated');
    request.actor = actorOf(action, caller);
    if (!permits(action, caller)) throw new ProblemError('forbidden');
    request.caller = caller;
  }

  private async byCookie(
    request: CallerRequest,
    open: boolean,
  ): Promise<Caller | SignedIn | undefined> {
    const writes = !READING.includes(request.method);
    if (writes && !this.site.isSameOrigin(request.raw)) throw new ProblemError('csrf');
    const token = open ? undefined : this.cookie.tokenOf(request.raw);
    if (token === undefined) return undefined;
    const { caller, csrf } = await this.sessions.identify(token);
    if (writes && !isSame(request.headers[CSRF_HEADER], csrf)) throw new ProblemError('csrf');
    return caller;
  }
}
