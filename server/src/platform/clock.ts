import { AsyncLocalStorage } from 'node:async_hooks';

/** The only source of the present moment; tests and the demo may move it. */
export class Clock {
  #ahead = 0;
  #under = 0;
  readonly #elsewhen = new AsyncLocalStorage<Date>();

  now(): Date {
    const then = this.#under > 0 ? this.#elsewhen.getStore() : undefined;
    return then ?? new Date(Date.now() + this.#ahead);
  }

  /** Makes `now` be this instant, from which time goes on. */
  travelTo(instant: Date): void {
    this.#ahead = instant.getTime() - Date.now();
  }

  /**
   * Does some work as if it were this instant, for it alone: the demo has a past. Like every store
   * of this kind it makes promises slower while work is under way, and then no more.
   */
  async during<Result>(instant: Date, work: () => Promise<Result>): Promise<Result> {
    this.#under += 1;
    try {
      return await this.#elsewhen.run(instant, work);
    } finally {
      this.#under -= 1;
      if (this.#under === 0) this.#elsewhen.disable();
    }
  }
}
