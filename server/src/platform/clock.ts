/** The only source of the present moment; tests and the demo may move it. */
export class Clock {
  #ahead = 0;

  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }

  /** Makes `now` be this instant, from which time goes on. */
  travelTo(instant: Date): void {
    this.#ahead = instant.getTime() - Date.now();
  }
}
