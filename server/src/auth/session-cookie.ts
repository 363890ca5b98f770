import type { IncomingMessage } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import type { SessionView } from '@palmares/shared/auth/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Site } from '../http/site.js';
import type { Visitor } from './visitor.js';

/** Browsers keep `__Host-` to one host and to TLS: no neighbour can plant it. */
const SESSION = { plain: 'palmares_session', secure: '__Host-palmares' };
const DEVICE = { plain: 'palmares_device', secure: '__Host-palmares-device' };
/** As long as browsers keep a cookie at all. */
const DEVICE_SECONDS = 400 * 86_400;

/** A session with the secret that opens it, on its way into the cookie. */
export interface Opened {
  token: string;
  endsInMs: number;
  view: SessionView;
  /** By which this browser is known the next time; only when somebody has signed in. */
  device?: string;
}

/** The cookies of whoever signs in, the same for requests, sockets and the quick way. */
@Injectable()
export class SessionCookie {
  constructor(private readonly site: Site) {}

  /** The secret that a browser brings. */
  tokenOf(request: IncomingMessage): string | undefined {
    return this.read(request, SESSION);
  }

  visitor({ raw, ip }: FastifyRequest): Visitor {
    return {
      address: ip,
      claimed: this.site.claimed(raw),
      before: this.tokenOf(raw),
      device: this.read(raw, DEVICE),
      agent: raw.headers['user-agent'],
    };
  }

  /** Hands the secret to the browser, and the rest to the page. */
  keep(reply: FastifyReply, { token, endsInMs, view, device }: Opened): SessionView {
    this.write(reply, SESSION, token, Math.floor(endsInMs / 1000));
    if (device !== undefined) this.write(reply, DEVICE, device, DEVICE_SECONDS);
    return view;
  }

  forget(reply: FastifyReply): void {
    this.write(reply, SESSION, '', 0);
  }

  private read(request: IncomingMessage, names: typeof SESSION): string | undefined {
    const { cookie } = request.headers;
    if (cookie === undefined) return undefined;
    return fastifyCookie.parse(cookie)[this.site.isSecure(request) ? names.secure : names.plain];
  }

  private write(reply: FastifyReply, names: typeof SESSION, value: string, maxAge: number): void {
    const secure = this.site.isSecure(reply.request.raw);
    const options = { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge } as const;
    void reply.setCookie(secure ? names.secure : names.plain, value, options);
    void reply.header('cache-control', 'no-store');
  }
}
