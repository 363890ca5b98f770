// A past of any length, written straight into the tables in the product's own format: what intake
// would have kept of it, without the minutes that it would have taken.

/** What is drawn for an activity. Amounts are divisible by four: halves and quarters are exact. */
const DRAWN = `select number, 'crm' as source, to_hex(number) || '#closed' as external_id,
    number % 20 = 11 as revised, number % 50 = 7 as void, number % 200 = 9 as withheld,
    case when number % 20 = 3 then 'sale.refunded' else 'deal.won' end as type,
    1 + floor(random() * cardinality($2::uuid[]))::int as who,
    $4::date + (number::bigint * $5::int / ($3::int + 1))::int as day, random() as hour,
    400 * (25 + floor(random() * random() * 225000)::bigint) as amount,
    1 + number % 5 as units, 'PRD-' || floor(random() * 60) as product,
    'CUST-' || floor(random() * $6::int) as customer
  from generate_series(1, $3::int) as number`;

/** The last revision of each: void, withheld, refunds, shares and orders of several lines too. */
const PRESENT = `insert into activity (organisation_id, source, external_id, revision, seq,
    recorded_at, content_hash, void, withheld, item, type, member_id, shares, occurred_on,
    occurred_at, opened_on, amount, currency, quantity, product, lines, customer, channel, campaign,
    site, region, segment, attributes)
  select $1, source, external_id, case when revised then 2 else 1 end, 2 + number / 1000,
    now(), md5(external_id)::uuid, void, withheld, 'D-' || number, type,
    case when number % 25 <> 4 then one end,
    case number % 50
      when 4 then jsonb_build_array(jsonb_build_array(one, 5000), jsonb_build_array(other, 5000))
      when 29 then jsonb_build_array(jsonb_build_array(one, 2500), jsonb_build_array(other, 2500),
        jsonb_build_array(third, 5000)) end,
    day, day + time '07:00' + hour * interval '10 hours', day - number % 60, amount, 'EUR',
    units * 10000, case when number % 20 <> 4 then product end,
    case when number % 20 = 4 then jsonb_build_array(
      jsonb_build_array(product, 10000, amount / 4, null),
      jsonb_build_array('PRD-60', (units - 1) * 10000, amount / 4 * 3, null)) end,
    customer, (array['web', 'phone', 'field', 'partner'])[1 + number % 4],
    (array['spring', 'renewal', 'fair'])[1 + number % 3], 'site-' || number % 12,
    (array['north', 'south', 'east', 'west'])[1 + number / 4 % 4],
    (array['small', 'medium', 'large'])[1 + number / 3 % 3], '{"series": "GTX", "term": 12}'
  from (${DRAWN}) as drawn, lateral (
    select $2::uuid[] as members, cardinality($2::uuid[]) as count) as all_of_them, lateral (
    select members[who] as one, members[1 + who % count] as other,
      members[1 + (who + 1) % count] as third) as chosen`;

/** What the revised ones said before. */
const BEFORE = {
  revision: '1',
  seq: 'seq - 1',
  superseded_seq: 'seq',
  content_hash: 'gen_random_uuid()',
  amount: 'amount - 400',
};

const WITHHELD = `insert into verdict (organisation_id, source, external_id, seq, verdict, given_by,
    given_at)
  select organisation_id, source, external_id, seq, 'rejected', 'benchmark', now()
  from activity where organisation_id = $1 and withheld and superseded_seq is null`;

const HEARD = `insert into freshness (organisation_id, source, heard_at, occurred_on)
  select $1, 'crm', now(), max(occurred_on) from activity where organisation_id = $1`;

const TURNS = `update sequence set seq = (select max(seq) from activity where organisation_id = $1)
  where organisation_id = $1`;

/** Copies rows of `activity` with some columns changed. */
export async function copyActivities(client, changed, from, values = []) {
  const sql = `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = 'activity'::regclass and attnum > 0 and not attisdropped`;
  const columns = (await client.query(sql)).rows;
  const select = columns.map(({ name, type }) => `(${changed[name] ?? name})::${type}`).join(', ');
  const names = columns.map(({ name }) => name).join(', ');
  await client.query(`insert into activity (${names}) select ${select} from ${from}`, values);
}

/**
 * Activities of an organisation that has none: so many, in order, over so many days, by any of its
 * members to any of so many customers. The same in every run.
 */
export async function writePast(client, { id, members }, { count, from, days, customers }) {
  await client.query('set max_parallel_workers_per_gather = 0');
  await client.query('select setseed(0.5)');
  const memberIds = members.map((member) => member.id);
  await client.query(PRESENT, [id, memberIds, count, from, days, customers]);
  await copyActivities(client, BEFORE, 'activity where organisation_id = $1 and revision = 2', [
    id,
  ]);
  for (const sql of [WITHHELD, HEARD, TURNS]) await client.query(sql, [id]);
  // What autovacuum does in a quiet minute.
  await client.query('vacuum analyze');
}
