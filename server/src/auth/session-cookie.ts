import type { IncomingHttpHeaders } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import type { SessionView } from '@palmares/shared/auth/session';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Browsers keep `__Host-` to one host and to TLS: no neighbour can plant it. */
const nameOf = (secure: boolean) => (secure ? '__Host-palmares' : 'palmares_session');

const isSecure = (request: FastifyRequest) => request.protocol === 'https';

/** A session with the secret that opens it, on its way into the cookie. */
export interface Opened {
  token: string;
  endsInMs: number;
  view: SessionView;
}

/** The secret that a browser brings. */
function sessionToken({ cookie }: IncomingHttpHeaders, secure: boolean): string | undefined {
  return cookie === undefined ? undefined : fastifyCookie.parse(cookie)[nameOf(secure)];
}

/** The same where there are only headers: of a socket, or before the framework. */
export const tokenIn = (headers: IncomingHttpHeaders) =>
  sessionToken(headers, lastOf(headers['x-forwarded-proto']) === 'https');

/** The framework goes by the last proxy, too. */
const lastOf = (header: string | string[] | undefined) => String(header).split(',').at(-1)?.trim();

export const tokenOf = (request: FastifyRequest) =>
  sessionToken(request.headers, isSecure(request));

function write(reply: FastifyReply, value: string, maxAge: number): void {
  const secure = isSecure(reply.request);
  const options = { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge } as const;
  void reply.setCookie(nameOf(secure), value, options);
  void reply.header('cache-control', 'no-store');
}

/** Hands the secret to the browser, and the rest to the page. */
export function keep(reply: FastifyReply, { token, endsInMs, view }: Opened): SessionView {
  write(reply, token, Math.floor(endsInMs / 1000));
  return view;
}

export function forget(reply: FastifyReply): void {
  write(reply, '', 0);
}
