import { creditsOf } from '../../activity/credit.js';
import { SCALE } from '../../quantity/scaled.js';
import { passes } from '../measure.js';
import { ORDER, type Aggregation } from './aggregation.js';

/**
 * Customers whose first activity ever in the organisation this is, credited in full to each of its
 * members. The filters are asked of that first activity only.
 */
export const newCustomers: Aggregation = {
  key: () => 'customer',
  take: 'first',
  combine: 'sum',
  windowed: false,
  reads: 'sum',
  additive: false,
  reach: (_measure, { from, to }) => ({ from, to, fresh: true }),
  contribute: (measure, activities, credits = creditsOf) => {
    const first = activities.find(({ type }) => measure.types.includes(type));
    if (!first || !passes(measure.filters, first)) return [];
    return credits(first, measure.filters.product).map(({ memberId }) => {
      return { memberId, day: first.occurredOn, count: SCALE, sum: SCALE };
    });
  },
  sql: () => `select member_id, day, count(*) * ${SCALE} as count, count(*) * ${SCALE} as sum
    from (select credit.*, rank() over (partition by customer order by ${ORDER}) as place
      from credit join (select customer, min(day) as day from credit where customer is not null
        group by customer) as begun using (customer, day)) as sales
    where place = 1 and passes group by member_id, day`,
};
