import {
  problem,
  type Fault,
  type Problem,
  type ProblemCode,
} from '@palmares/shared/problem/catalogue';

/** Ends a request with a problem of the catalogue. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(
    readonly code: ProblemCode,
    detail?: string,
    errors?: Fault[],
  ) {
    super(detail ?? code);
    this.problem = problem(code, detail, errors);
  }
}
