import { labels, type Activity, type Label } from '../activity/activity.js';
import { creditsOf, type Credit, type Credits } from '../activity/credit.js';
import { SCALE } from '../quantity/scaled.js';
import type { Day } from '../time/day.js';

/** What results may be shown by. */
export const breakdowns = ['member', 'team', ...labels, 'product'] as const;
export type Breakdown = (typeof breakdowns)[number];

/** The subject of what names none: unknown is a channel too. */
export const UNKNOWN = '';

export const isLabel = (by: Breakdown | 'all'): by is Label =>
  (labels as readonly string[]).includes(by);

/** Whom results are shown by, and whose parts of activities are looked at. */
export interface View {
  by: Breakdown | 'all';
  /** The teams of a member on a day: their own and those above it. */
  teamsOf: (memberId: string, day: Day) => readonly string[];
  /** Whose parts count; everybody's, and what names nobody, where this is not said. */
  sees?: (memberId: string, day: Day) => boolean;
}

/**
 * A breakdown is another answer to "who is credited": the subjects in the place of members. With
 * it an aggregation says what each subject has, distinct at the level shown.
 */
export function creditsBy(view: View): Credits {
  return (activity, products) => {
    if (view.by !== 'product') return merged(activity, products, view);
    const sold = [...new Set(activity.lines.map(({ product }) => product))];
    const shown = sold.filter((product) => !products || products.includes(product));
    if (shown.length === 0) return merged(activity, products, view);
    return shown.flatMap((product) => merged(activity, [product], view, product));
  };
}

function merged(
  activity: Activity,
  products: readonly string[] | undefined,
  view: View,
  product = UNKNOWN,
): Credit[] {
  const { by, sees, teamsOf } = view;
  const day = activity.occurredOn;
  const subjectsOf = (memberId: string): readonly string[] => {
    if (by === 'member') return [memberId];
    if (by === 'team') return teamsOf(memberId, day);
    if (by === 'all') return ['all'];
    return [by === 'product' ? product : (activity[by] ?? UNKNOWN)];
  };
  const found = new Map<string, Credit>();
  const parts =
    sees || by === 'member' || by === 'team'
      ? creditsOf(activity, products).filter(({ memberId }) => !sees || sees(memberId, day))
      : creditsOf(whole(activity), products);
  for (const part of parts) {
    for (const subject of subjectsOf(part.memberId)) {
      found.set(subject, together(found.get(subject), { ...part, memberId: subject }));
    }
  }
  return [...found.values()];
}

/** The same activity in one hand, so that what names nobody is credited too. */
const whole = (activity: Activity): Activity => {
  return { ...activity, shares: [{ memberId: UNKNOWN, weight: SCALE }] };
};

function together(before: Credit | undefined, part: Credit): Credit {
  if (!before) return part;
  const sum = (a: number | null, b: number | null) => (a === null ? b : a + (b ?? 0));
  return {
    memberId: part.memberId,
    weight: before.weight + part.weight,
    amount: sum(before.amount, part.amount),
    quantity: sum(before.quantity, part.quantity),
    cost: sum(before.cost, part.cost),
  };
}
