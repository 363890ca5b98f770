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

/** How long, at most, a transaction waits for the company that the last one had. */
const GATHER_MS = 20;

/**
 * Gathers the requests of one organisation: while one transaction is under way, those that arrive
 * wait, and then share the next one. Whoever has just been answered often has more to say: the next
 * transaction waits a moment for as many as there were, never when one sender is alone. When a
 * shared transaction fails, each of its requests is tried alone, so that only the culprit sees the
 * error.
 */
export class IntakeQueue<Request, Answer> {
  private waiting: Waiting<Request, Answer>[] = [];
  private weight = 0;
  private busy = false;
  /** How many requests were here when the last transaction ended, its own included; and when. */
  private company = 0;
  private endedAt = -Infinity;
  private complete: (() => void) | undefined;

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
      if (this.isComplete()) this.complete?.();
      if (!this.busy) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.busy = true;
    // Who was here long ago is not expected back.
    if (performance.now() - this.endedAt > GATHER_MS) this.company = 0;
    while (this.waiting.length > 0) {
      await this.gather();
      const taken = this.take();
      await this.record(taken);
      this.company = taken.length + this.waiting.length;
      this.endedAt = performance.now();
    }
    this.busy = false;
  }

  /** Waits until everybody of the last transaction is back, but not for long. */
  private async gather(): Promise<void> {
    if (this.isComplete()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS);
      this.complete = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.complete = undefined;
  }

  private isComplete(): boolean {
    return this.waiting.length >= this.company || this.weight >= SHARED_MAX;
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
