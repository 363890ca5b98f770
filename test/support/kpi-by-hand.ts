// Every KPI by team, written in plain SQL over the raw rows by somebody who has not read the code.

/** Activities as they stand, on the day of the zone; parts of them in the hands of teams. */
const RAW = `with recursive line as (
    select id as below, id as team_id from team where organisation_id = $1
    union all select line.below, team.parent_id from line join team
      on team.organisation_id = $1 and team.id = line.team_id where team.parent_id is not null),
  newest as (
    select distinct on (source, external_id) * from activity where organisation_id = $1
    order by source, external_id, revision desc),
  fact as (
    select source, external_id, type, item, customer, channel, shares, member_id, product, lines,
      opened_on, coalesce(occurred_at, '-infinity') as at,
      coalesce((occurred_at at time zone $5)::date, occurred_on) as day,
      amount / 10000.0 as amount, quantity / 10000.0 as quantity
    from newest where not void and not withheld),
  goods as (
    select source, external_id, sum((one->>3)::numeric) / 10000.0 as cost,
      count(distinct one->>0) as products,
      sum((one->>2)::numeric) filter (where one->>1 is not null and one->>2 is not null) / 10000.0
        as paid,
      sum((one->>1)::numeric) filter (where one->>1 is not null and one->>2 is not null) / 10000.0
        as units
    from fact, jsonb_array_elements(case when lines is not null then lines
      else jsonb_build_array(jsonb_build_array(product, quantity * 10000, amount * 10000, null)) end)
      as one group by source, external_id),
  whole as (
    select fact.*, goods.cost, case when product is null and lines is null then 0 else products end
      as products, paid, units from fact join goods using (source, external_id)),
  hand as (
    select whole.*, member_id as who, 1.0 as weight from whole where member_id is not null
    union all select whole.*, (share->>0)::uuid, (share->>1)::int / 10000.0
    from whole, jsonb_array_elements(shares) as share where shares is not null),
  part as (
    select hand.*, line.team_id from hand join team_member as stay
      on stay.organisation_id = $1 and stay.member_id = hand.who
        and hand.day >= stay.from_day and (stay.to_day is null or hand.day < stay.to_day)
    join line on line.below = stay.team_id)`;

const IN = 'p.day >= $2 and p.day < $3';
const BEFORE = 'p.day >= $4 and p.day < $2';
const list = (types: string) =>
  types
    .split(' ')
    .map((type) => `'${type}'`)
    .join();

const of = (what: string, where: string) =>
  `(select ${what} from part as p where p.team_id = team.id and ${where})`;
const sum = (type: string, field: string, when = IN) =>
  of(`coalesce(sum(p.${field} * p.weight), 0)`, `p.type in (${list(type)}) and ${when}`);
const count = (types: string) =>
  of('coalesce(sum(p.weight), 0)', `p.type in (${list(types)}) and ${IN}`);
const buyers = (when: string) =>
  of('count(distinct p.customer)', `p.type = 'deal.won' and ${when}`);
const ratio = (a: string, b: string) => `(${a})::numeric / nullif((${b})::numeric, 0)`;
const order = (row: string) => `(${row}.day, ${row}.at, ${row}.source, ${row}.external_id)`;

/** Of the items that begin in the period with their first such activity, those that go on in time. */
function cohort(entry: string, later: string, days: number): string {
  const first = `p.type in (${list(entry)}) and p.item is not null and ${IN} and not exists (
    select from fact as e where e.item = p.item and e.type in (${list(entry)})
      and ${order('e')} < ${order('p')})`;
  const reached = `exists (select from fact as l where l.item = p.item and l.type in (${list(later)})
    and l.day >= p.day and l.day <= p.day + ${days})`;
  return of(`sum(p.weight * (${reached})::int) / nullif(sum(p.weight), 0)`, first);
}

const net = (when = IN) =>
  `${sum('deal.won', 'amount', when)} - ${sum('sale.refunded', 'amount', when)}`;
const margin = `${net()} - ${sum('deal.won', 'cost')} + ${sum('sale.refunded', 'cost')}`;
const cycle = of(
  'sum(p.weight * (p.day - p.opened_on)) / nullif(sum(p.weight), 0)',
  `p.type = 'deal.won' and ${IN} and p.opened_on <= p.day`,
);
const won = count('deal.won');
const winRate = ratio(won, count('deal.won deal.lost'));
const costs = sum('cost.recorded', 'amount');
const back = `exists (select from part as n where n.team_id = team.id and n.type = 'deal.won'
  and n.customer = p.customer and n.day >= $2 and n.day < $3)`;
const retained = buyers(`${BEFORE} and ${back}`);
const VISITS = 'visit.done visit.prospect';

const byHand: Record<string, string> = {
  revenue: net(),
  'revenue-growth': `case when ${net(BEFORE)} > 0
    then ${ratio(`(${net()}) - (${net(BEFORE)})`, net(BEFORE))} end`,
  'gross-sales': sum('deal.won', 'amount'),
  margin,
  'margin-rate': ratio(margin, net()),
  'average-sale': ratio(net(), won),
  'average-price': ratio(sum('deal.won', 'paid'), sum('deal.won', 'units')),
  'sales-by-channel': ratio(
    sum('deal.won', 'amount'),
    `select sum(p.amount) from fact as p where p.type = 'deal.won' and ${IN}`,
  ),
  'sales-count': won,
  'units-sold': sum('deal.won', 'quantity'),
  'products-per-sale': ratio(sum('deal.won', 'products'), won),
  'new-leads': count('lead.created'),
  visits: count(VISITS),
  offers: count('offer.sent'),
  'open-pipeline': of(
    'coalesce(sum(p.amount * p.weight), 0)',
    `p.type = 'deal.opened' and p.item is not null and p.day < $3
      and not exists (select from fact as n where n.item = p.item and n.type = 'deal.opened'
        and n.day < $3 and ${order('n')} > ${order('p')})
      and not exists (select from fact as c where c.item = p.item
        and c.type in ('deal.won', 'deal.lost') and c.day >= p.day and c.day < $3)`,
  ),
  'new-customers': buyers(`${IN} and not exists (select from fact as e where e.type = 'deal.won'
    and e.customer = p.customer and ${order('e')} < ${order('p')})`),
  'active-customers': buyers(IN),
  'repeat-rate': ratio(
    `select count(*) from (select p.customer from part as p where p.team_id = team.id
      and p.type = 'deal.won' and p.customer is not null and ${IN}
      group by p.customer having count(distinct p.external_id) >= 2) as again`,
    buyers(IN),
  ),
  retention: ratio(retained, buyers(BEFORE)),
  churn: `1 - ${ratio(retained, buyers(BEFORE))}`,
  'lead-to-visit': cohort('lead.created', VISITS, 90),
  'visit-to-offer': cohort(VISITS, 'offer.sent', 90),
  'offer-to-sale': cohort('offer.sent', 'deal.won', 90),
  'lead-to-sale': cohort('lead.created', 'deal.won', 365),
  'acquisition-rate': cohort('deal.opened', 'deal.won', 365),
  'qualification-rate': cohort('lead.created', 'lead.qualified', 90),
  'qualified-to-customer': cohort('lead.qualified', 'deal.won', 365),
  'follow-up-rate': cohort('offer.sent', 'offer.followed-up', 14),
  'win-rate': winRate,
  'win-rate-created': ratio(won, count('deal.opened')),
  'sales-cycle': cycle,
  'sales-velocity': `${count('deal.opened')} * (${ratio(net(), won)}) * (${winRate})
    / nullif(${cycle}, 0)`,
  'cost-per-sale': ratio(costs, won),
  'cost-per-customer': ratio(costs, buyers(IN)),
};

export const codesByHand = Object.keys(byHand);

/** One statement for all of them: $1 organisation, $2 from, $3 to, $4 from before, $5 zone. */
export const byHandSql = `${RAW} select team.id, ${Object.entries(byHand)
  .map(([code, value]) => `(${value})::float8 as "${code}"`)
  .join(',\n')}
  from team where organisation_id = $1`;
