import type { Problem } from '@palmares/shared/problem/catalogue';

export type { Problem };

/** What a request failed with; `unreachable` (status 0) when no answer came at all. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

export const unreachable: Problem = {
  type: '/problems/unreachable',
  code: 'unreachable',
  status: 0,
  title: 'The server does not answer',
};

/** A problem out of whatever was answered: its own, or one made from the status. */
export function problemOf(status: number, body: unknown): Problem {
  if (typeof body === 'object' && body !== null && 'code' in body) return body as Problem;
  const away = status >= 502 && status <= 504;
  const code = away ? 'unavailable' : status === 401 ? 'unauthenticated' : 'internal';
  return { type: `/problems/${code}`, code, status, title: `HTTP ${status}` };
}

/** The problem behind anything thrown; what is no answer of the server is thrown on. */
export function problemBehind(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  throw error;
}

/** Whether waiting may help: the server is away, starting, or asks for patience. */
export const passes = ({ code, status }: Problem): boolean =>
  code === 'unreachable' || status >= 500 || status === 429;
