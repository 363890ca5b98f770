interface Kept<Value> {
  value: Value;
  until: number;
}

/**
 * Remembers what was read for a few seconds, so that a thousand requests of one caller ask once.
 * Only for what may be that late, or whose changes say so by `clear`. Failures are not remembered.
 */
export class BriefMemory<Value> {
  private readonly kept = new Map<string, Kept<Value>>();
  private clearings = 0;

  constructor(
    private readonly forMs: number,
    private readonly most = 10_000,
  ) {}

  async get(key: string, read: () => Promise<Value>): Promise<Value> {
    const now = performance.now();
    const known = this.kept.get(key);
    if (known && known.until > now) return known.value;
    const { clearings } = this;
    const value = await read();
    // What was read before it changed may come after we were told to forget it.
    if (clearings !== this.clearings) return value;
    if (this.kept.size >= this.most) this.kept.clear();
    this.kept.set(key, { value, until: now + this.forMs });
    return value;
  }

  /** What is remembered, without asking. */
  peek(key: string): Value | undefined {
    const known = this.kept.get(key);
    return known && known.until > performance.now() ? known.value : undefined;
  }

  clear(): void {
    this.clearings += 1;
    this.kept.clear();
  }
}
