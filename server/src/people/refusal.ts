import { problems, type ProblemCode } from '@palmares/shared/problem/catalogue';
import { ProblemError } from '../http/problem-error.js';

/** A problem with one place in the body. */
export function refusal(
  code: ProblemCode,
  pointer: string,
  detail: string = problems[code][1],
): ProblemError {
  return new ProblemError(code, undefined, [{ pointer, code, detail }]);
}
