import type { TestOrganisation } from './organisation.js';

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const sellers = ['ana', 'ben', 'cem', 'dia', 'eli'];

const stages = [
  'lead.created',
  'lead.qualified',
  'visit.done',
  'offer.sent',
  'offer.followed-up',
  'deal.opened',
] as const;

/** Everything that sales activities may have: gaps, refunds, splits, orders of several lines. */
export class SalesYear {
  private readonly random: () => number;
  private count = 0;

  constructor(seed: number) {
    this.random = randomFrom(seed);
  }

  pick = <Value>(list: readonly Value[]): Value =>
    list[Math.floor(this.random() * list.length)] as Value;
  private chance = (probability: number) => this.random() < probability;

  /** Of the last quarter of 2025 and the first of 2026, near midnight more often than not. */
  private when(day = Math.floor(this.random() * 160)): string {
    const hour = this.pick([0, 3, 10, 12, 13, 21, 23]);
    const instant = new Date(Date.UTC(2025, 9, 1 + day, hour, 30)).toISOString();
    return this.chance(0.5) ? instant : instant.slice(0, 10);
  }

  /** Halves of an even number of cents, so that another program may split them as it likes. */
  private whose() {
    const who = () => ({ externalId: this.pick(sellers) });
    if (!this.chance(0.25)) return { member: who() };
    const [a, b] = [who(), who()];
    const shares = [
      { member: a, weight: '0.5' },
      { member: b, weight: '0.5' },
    ];
    return a.externalId === b.externalId ? { member: a } : { shares };
  }

  private labels() {
    return {
      customer: this.chance(0.85) ? `k${Math.floor(this.random() ** 2 * 60)}` : null,
      channel: this.chance(0.8) ? this.pick(['web', 'shop', 'phone']) : null,
      region: this.chance(0.7) ? this.pick(['North', 'South']) : null,
    };
  }

  private line() {
    return {
      product: this.pick(['A', 'B', 'C']),
      quantity: this.chance(0.8) ? this.pick([2, 4, 6]) : null,
      amount: this.pick([20, 40, 60.02]),
      cost: this.chance(0.5) ? this.pick([4, 8]) : null,
    };
  }

  private worth() {
    if (this.chance(0.1)) return {};
    if (this.chance(0.3)) return { amount: this.pick([0, 20, 40.08, 1000]), quantity: 2 };
    if (this.chance(0.3)) return { amount: 60, quantity: this.pick([2, 4]), product: 'A' };
    return { lines: Array.from({ length: this.pick([1, 2, 3]) }, () => this.line()) };
  }

  private activity(type: string, more: object = {}, day?: number) {
    this.count += 1;
    const externalId = `${type}-${this.count}`;
    const occurredAt = this.when(day);
    return {
      source: 'test',
      externalId,
      type,
      occurredAt,
      ...this.whose(),
      ...this.labels(),
      ...more,
    };
  }

  /** A deal with some of its stages, mostly one after the other, closed or not. */
  private deal() {
    this.count += 1;
    const item = this.chance(0.9) ? `deal-${this.count % 70}` : null;
    let day = Math.floor(this.random() * 130);
    const later = () => (day = Math.min(159, Math.max(0, day + this.pick([-3, 0, 1, 5, 11]))));
    const begun = stages
      .filter(() => this.chance(0.6))
      .map((type) => this.activity(type, { item }, later()));
    const amount = { amount: this.pick([200, 400.04]) };
    const opened = begun.map((one) => (one.type === 'deal.opened' ? { ...one, ...amount } : one));
    if (this.chance(0.2)) return opened;
    const openedAt = this.chance(0.7) ? '2025-09-20' : null;
    const type = this.chance(0.7) ? 'deal.won' : 'deal.lost';
    const closed = this.activity(type, { item, openedAt, ...this.worth() }, later());
    const refund = this.activity('sale.refunded', { item, ...this.worth() }, later());
    return [...opened, closed, ...(this.chance(0.25) ? [refund] : [])];
  }

  async record(house: TestOrganisation, deals: number): Promise<number> {
    const all = Array.from({ length: deals }, () => this.deal()).flat();
    const costs = Array.from({ length: 40 }, () => {
      const whose = this.chance(0.5) ? {} : { member: null, shares: null };
      return this.activity('cost.recorded', { amount: this.pick([2, 40]), ...whose });
    });
    const posted = [...all, ...costs];
    const { refused } = await house.record(...posted);
    if (refused.length > 0) throw new Error(JSON.stringify(refused[0]));
    // Some turn out never to have happened, and some to have been somebody else's.
    const again = posted.filter(() => this.chance(0.05));
    await house.record(...again.map((one) => ({ ...one, void: true })));
    const moved = posted.filter(() => this.chance(0.05));
    await house.record(
      ...moved.map((one) => ({ ...one, shares: null, member: { externalId: 'ana' } })),
    );
    return posted.length;
  }
}

/** A region of two agencies, and members who move between them, leave and come back. */
export async function formTeams(house: TestOrganisation): Promise<Record<string, string>> {
  const region = await house.team('region');
  const east = await house.team('east', [], { parentId: region });
  const west = await house.team('west', [], { parentId: region });
  const apart = await house.team('apart');
  const stay = (teamId: string, from: string | null, to: string | null) => ({ teamId, from, to });
  await house.move('ana', [stay(east, null, '2026-01-15'), stay(west, '2026-01-15', null)]);
  await house.move('ben', [
    stay(west, '2025-11-01', '2026-02-01'),
    stay(apart, '2026-02-10', null),
  ]);
  await house.move('cem', [stay(region, null, null)]);
  await house.move('dia', [stay(apart, null, '2026-03-01'), stay(east, '2026-03-01', null)]);
  return { region, east, west, apart };
}
