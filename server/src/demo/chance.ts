/** What a generator throws its dice with: the same labels give the same throws, on any machine. */
export class Chance {
  private state: number;

  constructor(...labels: readonly (string | number)[]) {
    // FNV-1a over the labels: one bit of difference makes another course.
    let hash = 0x811c9dc5;
    for (const letter of labels.join('\0')) {
      hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    }
    this.state = hash;
  }

  /** From 0 up to 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number, both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new Error('nothing to pick from');
    return items[Math.floor(this.next() * items.length)] as Item;
  }

  /** How often something happens that happens so often on average. */
  count(average: number): number {
    const whole = Math.floor(average);
    return whole + Number(this.happens(average - whole));
  }
}
