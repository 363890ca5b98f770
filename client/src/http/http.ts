import { keep, kept, reach } from './kept';
import { ProblemError, problemOf, unreachable } from './problem';

const PATIENCE_MS = 15_000;

/** The proof that a writing request comes from our own page; the session hands it out. */
let csrf: string | undefined;
let signedOut: () => void = () => {};
let renew: () => Promise<void> = () => Promise.resolve();

/** Keeps the proof for the writes to come; nothing when nobody is signed in. */
export const holdProof = (proof: string | undefined): void => void (csrf = proof);

/** What to do when the server no longer knows who we are, or no longer takes the proof. */
export function onSessionLost(lost: () => void, fresh: () => Promise<void>): void {
  signedOut = lost;
  renew = fresh;
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** sent as JSON */
  body?: unknown;
  /** whoever comes with a token comes without the cookie */
  token?: string;
  /** of a command that must not be done twice */
  idempotencyKey?: string;
  /** the version that was shown of what is changed */
  ifMatch?: number | undefined;
  /** a failure to be known is the caller's own affair, such as a wrong password */
  quiet?: boolean;
}

/** The headers that every request to our own server carries. */
export function headersOf({
  method = 'GET',
  body,
  token,
  idempotencyKey,
  ifMatch,
}: Call): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json, application/problem+json' };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  if (ifMatch !== undefined) headers['if-match'] = `"${ifMatch}"`;
  if (method !== 'GET' && csrf !== undefined) headers['x-csrf-token'] = csrf;
  return headers;
}

async function answer(path: string, call: Call): Promise<Response> {
  try {
    return await fetch(path, {
      method: call.method ?? 'GET',
      headers: headersOf(call),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      credentials: call.token === undefined ? 'same-origin' : 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new ProblemError(unreachable);
  }
}

/** Throws what a failed answer says, and tells the session when it is over. */
export function refuse(status: number, body: unknown, call: Call): never {
  const found = problemOf(status, body);
  if (found.status === 401 && call.token === undefined && !call.quiet) signedOut();
  throw new ProblemError(found);
}

/**
 * Asks our own server for JSON. A proof that was renewed meanwhile, in another tab, is fetched and
 * the request sent once more: nothing was done by the first one.
 * @throws ProblemError for every answer that is not 2xx, and when there is none
 */
export async function ask<Body>(path: string, call: Call = {}, again = true): Promise<Body> {
  const asks = (call.method ?? 'GET') === 'GET';
  const response = await answer(path, call).catch((error: unknown) => error);
  if (!(response instanceof Response)) {
    const known = asks ? await kept(path, call.token) : undefined;
    if (!known) throw response;
    return (await known.json()) as Body;
  }
  reach();
  if (response.status === 204) return undefined as Body;
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    if (again && problemOf(response.status, body).code === 'csrf') {
      await renew();
      return ask(path, call, false);
    }
    refuse(response.status, body, call);
  }
  if (body === undefined) throw new ProblemError(problemOf(502, undefined));
  if (asks) keep(path, call.token, body);
  return body as Body;
}

/** Reads a JSON answer of our own server, as `ask` does. */
export const getJson = <Body>(path: string, token?: string): Promise<Body> =>
  ask(path, token === undefined ? {} : { token });

/** A path with its query; what is empty is left out. */
export function withQuery(
  path: string,
  query: Record<string, string | number | undefined>,
): string {
  const kept = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(kept.map(([key, value]) => [key, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Every item of a list, page after page of as many as every list allows, or as this one does. */
export async function askAll<Item>(
  path: string,
  query: Record<string, string | undefined> = {},
  limit = 200,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<Item> = await ask(withQuery(path, { ...query, limit, cursor }));
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}
