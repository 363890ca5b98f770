import {
  problem,
  type Fault,
  type Problem,
  type ProblemCode,
} from '@palmares/shared/problem/catalogue';

/** Ends a request with a problem of the catalogue. */
export class ProblemError extends Error {
  readonly problem: Problem;
  /** When it is worth trying again, for a problem that passes. */
  retryAfterSeconds = 1;

  constructor(
    readonly code: ProblemCode,
    detail?: string,
    errors?: Fault[],
  ) {
    super(detail ?? code);
    this.problem = problem(code, detail, errors);
  }

  after(seconds: number): this {
    this.retryAfterSeconds = seconds;
    return this;
  }
}

/** For `catch`: a number that could not be kept exactly is a problem, anything else goes on. */
export function tooLarge(error: unknown): never {
  if (error instanceof RangeError) throw new ProblemError('total-too-large');
  throw error;
}
