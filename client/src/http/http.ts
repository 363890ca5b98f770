import { ProblemError, problemOf, unreachable } from './problem';

const PATIENCE_MS = 15_000;

async function answer(path: string, token: string | undefined): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json, application/problem+json' };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  try {
    return await fetch(path, {
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new ProblemError(unreachable);
  }
}

/**
 * Reads a JSON answer of our own server.
 * @throws ProblemError for every answer that is not 2xx, and when there is none
 */
export async function getJson<Body>(path: string, token?: string): Promise<Body> {
  const response = await answer(path, token);
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ProblemError(problemOf(response.status, body));
  if (body === undefined) throw new ProblemError(problemOf(502, undefined));
  return body as Body;
}
