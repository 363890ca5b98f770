import { getJson } from '../http/http';
import { ProblemError } from '../http/problem';

/** The board of the demonstration, where there is one. */
export async function readDemoToken(): Promise<string | undefined> {
  try {
    return (await getJson<{ boardToken: string }>('/api/demo')).boardToken;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 404) return undefined;
    throw error;
  }
}
