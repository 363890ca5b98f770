// The rival of rebuild: one statement, as one would write it by hand, that says the same sums.

const COUNTS = `organisation_id = $1 and superseded_seq is null and not void and not withheld
  and type in ('deal.won', 'sale.refunded')`;

/**
 * By member and day the weight and amount of sales and refunds, of all and of the web, and how many
 * customers bought for the first time ever. Knows nothing of the server's code, and that parts are
 * exact here.
 */
export const SUMS = `
  with begun as (
    select customer, min(occurred_on) as occurred_on
    from activity where ${COUNTS} and type = 'deal.won' and customer is not null group by customer
  ), first as (
    select distinct on (customer) member_id, shares, occurred_on as day
    from activity join begun using (customer, occurred_on) where ${COUNTS} and type = 'deal.won'
    order by customer, occurred_at, external_id
  ), part as (
    select type, channel, member_id, occurred_on as day, 10000 as weight, amount
    from activity where ${COUNTS} and shares is null
    union all
    select type, channel, (share->>0)::uuid, occurred_on, (share->>1)::int,
      amount * (share->>1)::int / 10000
    from activity, jsonb_array_elements(shares) as share where ${COUNTS} and shares is not null
    union all
    select 'first', null, member_id, day, 10000, null from first where shares is null
    union all
    select 'first', null, (share->>0)::uuid, day, 10000, null
    from first, jsonb_array_elements(shares) as share
  )
  select member_id, day,
    sum(weight) filter (where type = 'deal.won') as sales,
    sum(amount) filter (where type = 'deal.won') as sold,
    sum(weight) filter (where type = 'sale.refunded') as refunds,
    sum(amount) filter (where type = 'sale.refunded') as refunded,
    sum(weight) filter (where type = 'deal.won' and channel = 'web') as web_sales,
    sum(amount) filter (where type = 'deal.won' and channel = 'web') as web_sold,
    sum(weight) filter (where type = 'sale.refunded' and channel = 'web') as web_refunds,
    sum(amount) filter (where type = 'sale.refunded' and channel = 'web') as web_refunded,
    sum(weight) filter (where type = 'first') as firsts
  from part group by member_id, day`;

/** What a stored definition means, in the columns above. */
const MEASURES = `
  select id, case when definition->>'aggregation' = 'new-customers' then 'first'
      else definition->'types'->>0 end || coalesce(' ' || (definition->'filters'->'channel'->>0), '')
    as kind
  from measure where organisation_id = $1`;

const KINDS = `(values ('deal.won', sales, sold), ('sale.refunded', refunds, refunded),
  ('deal.won web', web_sales, web_sold), ('sale.refunded web', web_refunds, web_refunded),
  ('first', firsts, firsts)) as said (kind, count, sum)`;

const DAY_TOTALS = `
  with sums as (${SUMS}), raw as (
    select id, member_id, day, count, sum
    from sums cross join lateral ${KINDS} join (${MEASURES}) as named using (kind)
    where count <> 0 or sum <> 0
  ), kept as (
    select measure_id as id, member_id, day, count, sum from measure_day
    where organisation_id = $1 and (count <> 0 or sum <> 0)
  )
  select count(*) as checked, count(*) filter (where
    (raw.count, raw.sum) is distinct from (kept.count, kept.sum)) as wrong
  from raw full join kept using (id, member_id, day)`;

/** 1 for each 100 of revenue, of all or of the web, or 1 for each new customer. */
const SCORES = `
  with sums as (${SUMS}), frozen as (
    select challenge_id, (definition->>'from')::date as first, (definition->>'to')::date as stop,
      (definition->'rules'->0->>'kpi')
        || coalesce(' ' || (definition->'rules'->0->'filters'->'channel'->>0), '') as kind
    from challenge_version where organisation_id = $1
  ), days as (
    select challenge_id, member_id, day, score
    from frozen join sums on day >= first and day < stop cross join lateral (values
      ('revenue', (coalesce(sold, 0) - coalesce(refunded, 0)) / 100),
      ('revenue web', (coalesce(web_sold, 0) - coalesce(web_refunded, 0)) / 100),
      ('new-customers', coalesce(firsts, 0))) as given (kind, score)
    where given.kind = frozen.kind
  ), later as (
    select *, sum(score) over (partition by challenge_id, member_id order by day desc) as gained
    from days
  ), raw as (
    select challenge_id, member_id as subject_id, sum(score) as score,
      max(day) filter (where gained <> 0) as reached_on
    from later group by 1, 2
  ), told as (
    select distinct on (challenge_id, subject_id) challenge_id, subject_id, score, reached_on
    from score_change where organisation_id = $1 order by challenge_id, subject_id, seq desc
  )
  select count(*) as checked, count(*) filter (where
      (coalesce(raw.score, 0), raw.reached_on) is distinct from (score.score, score.reached_on)
      or (score.score, score.reached_on) is distinct from (told.score, told.reached_on)) as wrong
  from (select * from score where organisation_id = $1) as score
    full join raw using (challenge_id, subject_id)
    left join told using (challenge_id, subject_id)`;

/** Compares what a rebuild has written with these sums; throws when anything is wrong. */
export async function proveSums(client, organisationId) {
  const result = {};
  for (const [name, sql] of Object.entries({ 'day totals': DAY_TOTALS, scores: SCORES })) {
    const row = (await client.query(sql, [organisationId])).rows[0];
    const [checked, wrong] = [Number(row.checked), Number(row.wrong)];
    if (checked === 0) throw new Error(`WRONG: there are no ${name} to check`);
    if (wrong > 0) throw new Error(`WRONG: ${wrong} of ${checked} ${name} differ from raw SQL`);
    result[name] = checked;
  }
  return result;
}
