import fc from 'fast-check';
import { AMOUNT_MAX, SCALE } from '../quantity/scaled.js';
import type { Activity, Line, Share } from './activity.js';

/** An activity with nothing in it but what is said: a sale of 100 by Zoé on the first of March. */
export function plainActivity(more: Partial<Activity> = {}): Activity {
  return {
    source: 'crm',
    externalId: '1',
    version: null,
    void: false,
    item: null,
    type: 'deal.won',
    shares: [{ memberId: 'zoe', weight: SCALE }],
    occurredAt: null,
    occurredOn: '2026-03-01',
    openedAt: null,
    openedOn: null,
    amount: 100 * SCALE,
    currency: null,
    quantity: null,
    lines: [],
    customer: null,
    channel: null,
    campaign: null,
    site: null,
    region: null,
    segment: null,
    attributes: null,
    ...more,
  };
}

/** Shares by weights of 1/10 000: `sharesOf({ zoe: 6000, ali: 4000 })`. */
export const sharesOf = (weights: Record<string, number>): Share[] =>
  Object.entries(weights).map(([memberId, weight]) => ({ memberId, weight }));

export const lineOf = (product: string, more: Partial<Line> = {}): Line => {
  return { product, quantity: null, amount: null, cost: null, ...more };
};

export const someMembers = ['zoe', 'ali', 'eve'] as const;
export const someTypes = ['deal.won', 'sale.refunded', 'deal.opened', 'survey.nps'] as const;
/** Around the end of a month, and one far away. */
export const someDays = ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02', '2026-04-01'];

const whose = [
  ...someMembers.map((member) => sharesOf({ [member]: SCALE })),
  [],
  sharesOf({ zoe: 5000, ali: 5000 }),
  sharesOf({ ali: 3333, zoe: 3333, eve: 3334 }),
  sharesOf({ eve: 1, zoe: 9999 }),
];
const orders: Line[][] = [
  [],
  [lineOf('A', { amount: 7, quantity: 3, cost: 5 })],
  [lineOf('A', { amount: 10_001, quantity: 1 }), lineOf('B', { amount: 3, cost: 1 })],
  [lineOf('B', { quantity: 2 }), lineOf('A'), lineOf('A', { amount: 999_999, cost: 10_000 })],
];

/** Everything of an activity but its name and version; few values, so that they meet. */
export const anyContent = fc.record({
  type: fc.constantFrom(...someTypes),
  void: fc.constantFrom(false, false, false, false, true),
  shares: fc.constantFrom(...whose),
  occurredOn: fc.constantFrom(...someDays),
  hour: fc.constantFrom(null, null, '09', '17'),
  openedOn: fc.constantFrom(null, '2026-02-20', '2026-03-01'),
  amount: fc.constantFrom(null, 0, 1, 10_001, 1_234_567, AMOUNT_MAX),
  quantity: fc.constantFrom(null, 0, 9 * SCALE, 10 * SCALE, 70_001),
  lines: fc.constantFrom(...orders),
  item: fc.constantFrom(null, 'deal-1', 'deal-2'),
  customer: fc.constantFrom(null, 'ana', 'ben'),
  region: fc.constantFrom(null, 'West', 'East'),
});
export type Content = typeof anyContent extends fc.Arbitrary<infer T> ? T : never;

/** An activity of that content under a name. */
export function withContent(externalId: string, content: Content, version: number | null = null) {
  const { hour, ...rest } = content;
  const occurredAt = hour && `${rest.occurredOn}T${hour}:00:00.000Z`;
  return plainActivity({ ...rest, occurredAt, externalId, version });
}

/** Activities of distinct names, in their first order. */
export const anyActivities = (maxLength: number): fc.Arbitrary<Activity[]> =>
  fc
    .array(anyContent, { maxLength })
    .map((contents) => contents.map((content, index) => withContent(`${index}`, content)));
