import type { FastifyInstance } from 'fastify';

/** A strict policy: only what this origin serves, nothing inline, in no frame. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** On every answer, and always the same: they are not worth a computation for each. */
export const securityHeaders = {
  'content-security-policy': policy.join(';'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * What is answered is somebody’s: no browser and no proxy keeps it. Boards, which are asked for
 * again and again, and the files of the client say otherwise where they are sent.
 */
export const UNKEPT = { 'cache-control': 'no-store' };

/** Once over TLS, always over TLS: for a site that says that it is. */
export const transportHeaders = (publicUrl: string | undefined) =>
  publicUrl?.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {};

export function secure(fastify: FastifyInstance, publicUrl: string | undefined): void {
  const headers = { ...securityHeaders, ...transportHeaders(publicUrl) };
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers).headers(UNKEPT);
    done();
  });
}
