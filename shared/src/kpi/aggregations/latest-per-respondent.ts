import { creditsOf } from '../../activity/credit.js';
import { matches } from '../measure.js';
import { LATEST, inWindow, itself, windowSql, type Aggregation } from './aggregation.js';

/**
 * One answer per customer and window, the last. The count is how many answered, the sum how many
 * of them gave an answer (the activity's quantity) within the band.
 */
export const latestPerRespondent: Aggregation = {
  key: () => 'customer',
  take: 'last',
  combine: 'sum',
  windowed: true,
  reads: 'ratio',
  additive: true,
  reach: itself,
  contribute: (measure, activities, credits = creditsOf) => {
    const answer = activities.findLast(
      (activity) => inWindow(measure, activity.occurredOn) && matches(measure, activity),
    );
    if (!answer) return [];
    const { atLeast = 0, atMost = Number.MAX_SAFE_INTEGER } = measure.band ?? {};
    const value = answer.quantity;
    const counts = value !== null && value >= atLeast && value <= atMost;
    return credits(answer, measure.filters.product).map(({ memberId, weight }) => {
      return { memberId, day: answer.occurredOn, count: weight, sum: counts ? weight : 0 };
    });
  },
  sql: (measure, bind) => {
    const { atLeast = 0, atMost = Number.MAX_SAFE_INTEGER } = measure.band ?? {};
    const within = `answer between ${bind(atLeast)}::bigint and ${bind(atMost)}::bigint`;
    return `select member_id, day, sum(weight) as count,
        sum(case when ${within} then weight else 0 end) as sum
      from (select *,
          rank() over (partition by customer order by ${LATEST}) as place
        from credit where passes and customer is not null and ${windowSql(measure, bind)}) as answers
      where place = 1 group by member_id, day`;
  },
};
