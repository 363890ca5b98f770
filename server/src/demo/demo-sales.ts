import { addDays, type Day } from '@palmares/shared/time/day';
import { demoPeople, demoProducts, demoRegions } from './demo-people.js';

/** A small generator of pseudo-random numbers from 0 to 1 (mulberry32): same seed, same demo. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SOURCE = 'demo';
export const demoMemberId = (index: number) => `demo-${String(index + 1).padStart(2, '0')}`;

/** Some sell more than others, and keep doing so. */
const talent = (index: number) => 0.55 + 0.9 * randomFrom(index * 977 + 5)();

/** A member by talent: the better half sells about twice as often as the other. */
function seller(random: () => number): number {
  const weights = demoPeople.map((_name, index) => talent(index));
  let rest = random() * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => (rest -= weight) < 0);
  return Math.max(index, 0);
}

/** One sale, as it is posted. */
export function demoSale(random: () => number, externalId: string, occurredAt: string) {
  const index = seller(random);
  const { product, from, to } =
    demoProducts[Math.floor(random() * demoProducts.length)] ?? demoProducts[0];
  const amount = Math.round((from + random() * (to - from)) / 10) * 10;
  return {
    source: SOURCE,
    externalId,
    type: 'deal.won',
    member: { externalId: demoMemberId(index) },
    occurredAt,
    amount: String(amount),
    quantity: 1,
    product,
    region: demoRegions[index % demoRegions.length],
    channel: random() < 0.3 ? 'web' : 'terrain',
  };
}

/** The sales of a month up to today, five to ten a working day. */
export function demoHistory(seed: number, from: Day, today: Day) {
  const random = randomFrom(seed);
  const sales = [];
  for (let day = from; day <= today; day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const count = weekday === 0 ? 1 : 5 + Math.floor(random() * 6);
    for (let n = 0; n < count; n++) sales.push(demoSale(random, `sale-${day}-${n}`, day));
  }
  return sales;
}
