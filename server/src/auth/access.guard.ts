import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ProblemError } from '../http/problem-error.js';
import { ACCESS } from '../http/open.js';
import { permits, type Access, type CallerRequest } from './access.js';
import { AuthService } from './auth.service.js';

/** Lets in whom the route declares. Problems: `unauthenticated`, `forbidden`. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly auth: AuthService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access) throw new ProblemError('forbidden', 'This route lets nobody in');
    if ('public' in access) return true;
    const request = context.switchToHttp().getRequest<CallerRequest>();
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw new ProblemError('unauthenticated');
    request.caller = await this.auth.identify(token);
    if (!permits(access, request.caller)) throw new ProblemError('forbidden');
    return true;
  }
}
