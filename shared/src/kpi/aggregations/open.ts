import { creditsOf } from '../../activity/credit.js';
import { matches } from '../measure.js';
import { fieldOf, seenBy } from '../seen.js';
import { LATEST, type Aggregation } from './aggregation.js';

/**
 * What is open at the end of the window: items that were opened before it and that nothing has
 * closed since. Who opened an item last has it, on that day; closing wins on the same day. The
 * count is the items, the sum what they are worth.
 */
export const open: Aggregation = {
  key: () => 'item',
  take: 'all',
  combine: 'sum',
  windowed: true,
  stock: true,
  reads: 'sum',
  additive: true,
  reach: (_measure, { to }) => ({ to }),
  contribute: (measure, activities, credits = creditsOf) => {
    const { to = [], window } = measure;
    const before = activities.filter(({ occurredOn }) => !window || occurredOn < window.to);
    const opened = before.findLast((activity) => matches(measure, activity));
    if (!opened) return [];
    const day = opened.occurredOn;
    if (before.some(({ type, occurredOn }) => to.includes(type) && occurredOn >= day)) return [];
    return credits(seenBy(measure, opened), measure.filters.product).map((credit) => {
      const { memberId, weight } = credit;
      return { memberId, day, count: weight, sum: credit[fieldOf(measure)] ?? 0 };
    });
  },
  sql: (measure, bind) => {
    const end = measure.window ? `${bind(measure.window.to)}::date` : `'infinity'::date`;
    const to = bind(measure.to ?? []);
    return `select member_id, day, sum(weight) as count,
        coalesce(sum(${fieldOf(measure)}), 0) as sum
      from (select *, rank() over (partition by item, passes order by ${LATEST}) as place,
          max(day) filter (where type = any(${to})) over (partition by item) as closed
        from credit where item is not null and day < ${end}) as known
      where passes and place = 1 and (closed is null or closed < day)
      group by member_id, day`;
  },
};
