/** How much one sender may ask: so much at once, and then so much a second. */
export class Allowance {
  private left: number;

  /** @param at milliseconds of any clock that does not go back */
  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
    private at: number,
  ) {
    this.left = burst;
  }

  /** False when it is used up. */
  take(now: number): boolean {
    const more = ((now - this.at) / 1000) * this.perSecond;
    this.left = Math.min(this.burst, this.left + more);
    this.at = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
