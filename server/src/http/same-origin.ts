import type { IncomingHttpHeaders } from 'node:http';

const OURS = ['same-origin', 'none'];

/**
 * False when a browser says that the request comes from a page of somebody else. Whoever is no
 * browser says nothing, and has no cookie that could be abused.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, host = headers.host): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return OURS.includes(String(site));
  const { origin } = headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
