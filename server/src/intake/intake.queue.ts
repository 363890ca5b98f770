import { ProblemError } from '../http/problem-error.js';

interface Waiting<Request, Answer> {
  request: Request;
  weight: number;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** The most items that share one transaction, and that may wait for theirs. */
const SHARED_MAX = 1_000;
const WAITING_MAX = 20_000;

/**
 * Gathers the requests of one organisation: while one transaction is under way, those that arrive
 * wait, and then share the next one. When a shared transaction fails, each of its requests is tried
 * alone, so that only the culprit sees the error.
 */
export class IntakeQueue<Request, Answer> {
  private waiting: Waiting<Request, Answer>[] = [];
  private weight = 0;
  private busy = false;

  /**
   * @param run records several requests in one transaction; one answer each, in order
   * @param alone requests that must not share theirs
   */
  constructor(
    private readonly run: (requests: readonly Request[]) => Promise<Answer[]>,
    private readonly alone: (request: Request) => boolean = () => false,
  ) {}

  /** Problems: `too-many-requests` when too much waits already. */
  async push(request: Request, weight: number): Promise<Answer> {
    if (this.weight > 0 && this.weight + weight > WAITING_MAX) {
      throw new ProblemError('too-many-requests', 'Too much is waiting to be recorded');
    }
    this.weight += weight;
    return new Promise<Answer>((resolve, reject) => {
      this.waiting.push({ request, weight, resolve, reject });
      if (!this.busy) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.busy = true;
    while (this.waiting.length > 0) await this.record(this.take());
    this.busy = false;
  }

  private take(): Waiting<Request, Answer>[] {
    let weight = 0;
    const stop = this.waiting.findIndex((next, index) => {
      weight += next.weight;
      const first = this.waiting[0];
      const apart = first && (this.alone(first.request) || this.alone(next.request));
      return weight > SHARED_MAX || (apart && index > 0);
    });
    const count = stop === -1 ? this.waiting.length : Math.max(stop, 1);
    const taken = this.waiting.slice(0, count);
    this.waiting = this.waiting.slice(count);
    for (const next of taken) this.weight -= next.weight;
    return taken;
  }

  private async record(taken: readonly Waiting<Request, Answer>[]): Promise<void> {
    try {
      const answers = await this.run(taken.map(({ request }) => request));
      taken.forEach((one, index) => one.resolve(answers[index] as Answer));
    } catch (error) {
      if (taken.length === 1) taken[0]?.reject(error);
      else for (const one of taken) await this.record([one]);
    }
  }
}
