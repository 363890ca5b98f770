import { headersOf, refuse } from './http';
import { ProblemError, problemOf, unreachable } from './problem';

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Sends a form with a file, and says how much of it has gone: `fetch` cannot.
 * @throws ProblemError as `ask` does
 */
export function upload<Body>(
  path: string,
  form: FormData,
  onProgress: (part: number) => void,
): Promise<Body> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    for (const [name, value] of Object.entries(headersOf({ method: 'POST' }))) {
      request.setRequestHeader(name, value);
    }
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) onProgress(loaded / total);
    });
    request.addEventListener('error', () => reject(new ProblemError(unreachable)));
    request.addEventListener('load', () => {
      const body = read(request.responseText);
      try {
        if (request.status >= 400) refuse(request.status, body, {});
        if (body === undefined) throw new ProblemError(problemOf(502, undefined));
        resolve(body as Body);
      } catch (error) {
        reject(error as Error);
      }
    });
    request.send(form);
  });
}
