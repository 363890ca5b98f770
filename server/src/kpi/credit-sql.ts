import type { Bind } from '@palmares/shared/kpi/aggregations/aggregation';
import { isLabel, type Breakdown } from '@palmares/shared/kpi/breakdown';
import { typesOf, type Measure } from '@palmares/shared/kpi/measure';
import { fieldOf } from '@palmares/shared/kpi/seen';
import { SCALE } from '@palmares/shared/quantity/scaled';
import type { Day } from '@palmares/shared/time/day';
import { countsSql, ownSql, passesSql } from '../activity/filter-sql.js';

/** Of which activities the relation is made, and who stands in it for their members. */
export interface CreditOptions {
  /** The `seq` at which they counted; at present where it is not said. */
  asOf?: number | undefined;
  /** The days whose activities are needed. */
  from?: Day | undefined;
  to?: Day | undefined;
  /** Only customers who have nothing earlier. */
  fresh?: boolean | undefined;
  /** Only activities that this member has a part in; for aggregations that need no others. */
  memberId?: string | undefined;
  /** Subjects in the place of members; of teams the relation `place` says where everybody is. */
  by?: Breakdown | 'all';
  /** A condition on `part.member_id` and `part.day`: whose parts count. */
  sees?: string | undefined;
  /** With a row more for each, that `all` have. */
  total?: boolean | undefined;
}

/** One of the numbers of a line: [product, quantity, amount, cost]. */
const place = { quantity: 1, amount: 2, cost: 3 } as const;
const ofLine = (field: keyof typeof place) => `(line->>${place[field]})::bigint`;

/** The same as the measure's number sees it; `seenBy()` of the shared package says the same. */
function seenOfLine({ priced }: Measure, field: 'quantity' | 'amount'): string {
  if (!priced) return ofLine(field);
  return `case when line->>1 is not null and line->>2 is not null then ${ofLine(field)} end`;
}

/** What the activity itself says of a number. */
function seenOfWhole({ priced }: Measure, field: 'quantity' | 'amount'): string {
  return priced ? `case when quantity is not null and amount is not null then ${field} end` : field;
}

/** True where different products are counted; what is priced is counted as it is. */
const isDifferent = ({ of, priced }: Measure) => of === 'products' && !priced;

/** Whole steps of the number that the measure reads. */
function stepped(
  measure: Measure,
  field: 'amount' | 'quantity' | 'cost',
  sql: string,
  bind: Bind,
): string {
  if (!measure.step || fieldOf(measure) !== field) return sql;
  const step = `${bind(measure.step)}::bigint`;
  return `(${sql}) / ${step} * ${step}`;
}

/** Amount, quantity and cost of an activity, of all its lines or of those of some products. */
export function valuesSql(measure: Measure, bind: Bind): string {
  const { filters, of } = measure;
  const where = filters.product ? `where line->>0 = any(${bind(filters.product)})` : '';
  const lines = (value: string) =>
    `(select ${value} from jsonb_array_elements(lines) as line ${where})`;
  const inLines = (field: 'quantity' | 'amount') =>
    filters.product || measure.priced
      ? `case when lines is null then ${seenOfWhole(measure, field)}
          else ${lines(`sum(${seenOfLine(measure, field)})`)}::bigint end`
      : field;
  const products = `case when lines is not null
      then ${lines(`count(distinct line->>0) * ${SCALE}`)}::bigint
      when product is null then 0 else ${SCALE} end`;
  const cost =
    of === 'cost'
      ? `case when lines is not null then ${lines(`sum(${ofLine('cost')})`)}::bigint end`
      : 'null::bigint';
  const quantity = isDifferent(measure) ? products : inLines('quantity');
  return `${stepped(measure, 'amount', inLines('amount'), bind)} as amount,
    ${stepped(measure, 'quantity', quantity, bind)} as quantity,
    ${stepped(measure, 'cost', cost, bind)} as cost`;
}

/** A row for each product of an activity, with what its lines say. */
function productsSql(measure: Measure, bind: Bind): string {
  const { filters } = measure;
  const where = filters.product ? `and line->>0 = any(${bind(filters.product)})` : '';
  const quantity = isDifferent(measure)
    ? `${SCALE}::bigint`
    : `sum(${seenOfLine(measure, 'quantity')})::bigint`;
  const whole = isDifferent(measure)
    ? `case when product is null then 0 else ${SCALE} end::bigint`
    : seenOfWhole(measure, 'quantity');
  return `left join lateral (
      select coalesce(product, '') as sold, ${seenOfWhole(measure, 'amount')} as amount,
        ${whole} as quantity, null::bigint as cost where lines is null
      union all select line->>0, sum(${seenOfLine(measure, 'amount')})::bigint, ${quantity},
        sum(${ofLine('cost')})::bigint
      from jsonb_array_elements(lines) as line where lines is not null ${where} group by 1
    ) as sold on true`;
}

/** One activity by its shares, to the last unit; `allot()` of the shared package says the same. */
export function partsSql(numbers: readonly string[]): string {
  const parts = numbers.map((number) => {
    const product = `${number} * weight`;
    return `(${product} / ${SCALE} + case when row_number() over (order by ${product} % ${SCALE} desc,
      place) <= ${number} - sum(${product} / ${SCALE}) over () then 1 else 0 end)::bigint as ${number}`;
  });
  return `select member_id, weight, ${parts.join()}
    from (select (share->>0)::uuid as member_id, (share->>1)::bigint as weight, place
      from jsonb_array_elements(shares) with ordinality as each (share, place)) as split`;
}

/** The same for one share, by a function that several processes may call at once. */
const partSql = (field: string) => `share_of(${field}, shares, place) as ${field}`;

const FACTS = 'source, external_id, type, item, customer, day, at, opened_on, answer, passes';

/** Activities that count, one row each (by product: one for each product), before any credit. */
function countedSql(measure: Measure, bind: Bind, options: CreditOptions): string {
  const { asOf, from, to, fresh, memberId, by = 'member' } = options;
  const types = `type = any(${bind(typesOf(measure))})`;
  const days = [
    ...(from === undefined ? [] : [`occurred_on >= ${bind(from)}::date`]),
    ...(to === undefined ? [] : [`occurred_on < ${bind(to)}::date`]),
  ];
  const earlier = () => `not exists (select from activity as earlier
    where earlier.organisation_id = $1 and earlier.customer = activity.customer
      and earlier.${types} and earlier.occurred_on < ${bind(from ?? null)}::date
      and ${countsSql(asOf, bind)})`;
  // Said once: a condition that is there twice makes the planner believe that few rows are left.
  const own = typesOf(measure).length > measure.types.length;
  const isOwn = own ? `type = any(${bind(measure.types)}) and ` : '';
  const passes = isOwn + passesSql(measure.filters, bind);
  const values =
    by === 'product' ? 'sold.amount, sold.quantity, sold.cost' : valuesSql(measure, bind);
  const sold = by === 'product' ? `coalesce(sold.sold, '')` : `''`;
  const conditions = [
    `activity.organisation_id = $1 and activity.${types} and ${countsSql(asOf, bind)}`,
    ...days,
    ...(fresh ? [earlier()] : []),
    ...(memberId === undefined ? [] : [ownSql(memberId, bind)]),
  ];
  return `select source, external_id, type, item, customer, occurred_on as day, occurred_at as at,
      opened_on, activity.quantity as answer, ${passes} as passes, member_id, shares,
      ${sold} as sold, ${isLabel(by) ? `coalesce(${by}, '')` : `''`} as label, ${values}
    from activity ${by === 'product' ? productsSql(measure, bind) : ''}
    where ${conditions.join(' and ')}`;
}

const NUMBERS = ['amount', 'quantity', 'cost'];

/** Who stands for the member of a part; nobody where it is not seen. */
function subjectSql(by: Breakdown | 'all', sees: string | undefined): string {
  const subject = {
    member: 'part.member_id::text',
    team: 'place.team_id::text',
    all: `'all'`,
    product: 'part.sold',
  };
  const whom = isLabel(by) ? 'part.label' : subject[by as keyof typeof subject];
  return sees ? `case when ${sees} then ${whom} end` : whom;
}

const facts = FACTS.replaceAll(/\w+/g, 'part.$&');

/** Activities in one hand, whoever made them. */
const inOneHand = (counted: string, whose: string) =>
  `select ${facts}, ${whose} as member_id, ${SCALE}::bigint as weight, part.amount, part.quantity,
    part.cost from ${counted} as part`;

/**
 * The relation that aggregations read: one row per activity that counts and whoever stands for its
 * members, in the column `member_id`; a row without is there because it may be the first or the
 * last. `passes` says whether it is of the measure's own types and gets through the filters. With
 * `total` everything is there once more, in the hands of `all`.
 */
export function creditSql(measure: Measure, bind: Bind, options: CreditOptions = {}): string {
  const { by, sees, total } = options;
  const counted = countedSql(measure, bind, options);
  // Nobody has to be told apart.
  if (by && by !== 'member' && by !== 'team' && !sees) {
    return `credit as (${inOneHand(`(${counted})`, subjectSql(by, sees))})`;
  }
  // What is read a third time is not looked for each time.
  const head = total ? `counted as (${counted}), ` : '';
  const where = (condition: string) =>
    total ? `(select * from counted where ${condition})` : `(${counted} and ${condition})`;
  const numbers = NUMBERS.map((number) => `part.${number}`).join();
  const one = `select counted.*, ${SCALE}::bigint as weight from ${where('shares is null')} as counted`;
  const several = `select ${FACTS}, sold, label, (share->>0)::uuid as member_id, weight,
      ${NUMBERS.map(partSql).join(', ')}
    from (select counted.*, share, (share->>1)::bigint as weight, place
      from ${where('shares is not null')} as counted,
        jsonb_array_elements(shares) with ordinality as split (share, place)) as parts`;
  if (!by || (by === 'member' && !sees && !total)) {
    const alone = `select ${facts}, part.member_id, part.weight, ${numbers}`;
    return `credit as (${alone} from (${one}) as part union all ${alone} from (${several}) as part)`;
  }
  const subject = subjectSql(by, sees);
  const join = by === 'team' ? PLACE : '';
  const sums = ['weight', ...NUMBERS].map((field) => `sum(part.${field})::bigint as ${field}`);
  const all = total ? `union all ${inOneHand('counted', `'all'`)}` : '';
  return `${head}credit as (
      select ${facts}, ${subject} as member_id, part.weight, ${numbers}
      from (${one}) as part ${join}
      union all
      select ${facts}, ${subject} as member_id, ${sums.join(', ')}
      from (${several}) as part ${join} group by ${facts}, ${subject}
      ${all}
    )`;
}

const PLACE = `left join place on place.member_id = part.member_id
  and part.day >= place.from_day and part.day < place.to_day`;
