// Was it all for something? What is stored must equal what plain SQL makes of the raw activities,
// and what the product itself says when it replays them.
import { withClient } from './cluster.mjs';
import { command } from './programme.mjs';

const CURRENT = 'activity.organisation_id = $1 and activity.superseded_seq is null';
const DIMENSIONS = ['customer', 'channel', 'campaign', 'site', 'region', 'segment', 'product'];

/** True for an activity that a measure's definition counts; knows nothing of the server's code. */
const counted = `definition->'types' ? activity.type and ${DIMENSIONS.map(
  (name) =>
    `(not definition->'filters' ? '${name}' or definition->'filters'->'${name}' ? activity.${name})`,
).join(' and ')}`;

/** The very first sale of each customer. */
const FIRST_SALES = `select distinct on (customer) member_id, occurred_on as day
  from activity where ${CURRENT} and type = 'deal.won' and customer is not null
  order by customer, occurred_on, occurred_at nulls first, source collate "C",
    external_id collate "C"`;

const DAY_TOTALS = `
  with raw as (
    select measure.id, member_id, occurred_on as day, count(*) * 10000 as count, sum(amount) as sum
    from measure join activity on ${CURRENT} and ${counted}
    where measure.organisation_id = $1 and member_id is not null
      and definition->>'aggregation' = 'sum' group by 1, 2, 3
    union all
    select measure.id, member_id, day, count(*) * 10000, count(*) * 10000
    from measure cross join (${FIRST_SALES}) as first
    where measure.organisation_id = $1 and definition->>'aggregation' = 'new-customers'
    group by 1, 2, 3
  ), kept as (
    select measure_id as id, member_id, day, count, sum from measure_day
    where organisation_id = $1 and (count <> 0 or sum <> 0)
  )
  select count(*) filter (where (raw.count, raw.sum) is distinct from (kept.count, kept.sum)) as wrong,
    count(*) as checked
  from raw full join kept using (id, member_id, day)`;

/** A challenge gives 1 for each 100 of revenue, with or without filters, or 1 a new customer. */
const SCORES = `
  with frozen as (
    select challenge_id, (definition->>'from')::date as first, (definition->>'to')::date as stop,
      definition->'rules'->0 as definition
    from challenge_version where organisation_id = $1
  ), days as (
    select challenge_id, member_id, occurred_on as day,
      sum(case type when 'deal.won' then amount else -amount end) as amount
    from frozen join activity on ${CURRENT} and occurred_on >= first and occurred_on < stop
    where type in ('deal.won', 'sale.refunded') and definition->>'kpi' = 'revenue'
      and ${counted.replace("definition->'types' ? activity.type and ", '')}
    group by 1, 2, 3
    union all
    select challenge_id, member_id, day, count(*) * 1000000
    from frozen join (${FIRST_SALES}) as sale on day >= first and day < stop
    where definition->>'kpi' = 'new-customers' group by 1, 2, 3
  ), later as (
    select *, sum(amount) over (partition by challenge_id, member_id order by day desc) as gained
    from days
  ), raw as (
    select challenge_id, member_id as subject_id, sum(amount) / 100 as score,
      max(day) filter (where gained <> 0) as reached_on
    from later group by 1, 2
  ), told as (
    select distinct on (challenge_id, subject_id) challenge_id, subject_id, score, reached_on
    from score_change where organisation_id = $1 order by challenge_id, subject_id, seq desc
  )
  select count(*) as checked, count(*) filter (where
      (coalesce(raw.score, 0), raw.reached_on) is distinct from (score.score, score.reached_on)
      or (score.score, score.reached_on) is distinct from (told.score, told.reached_on)) as wrong
  from score full join raw using (challenge_id, subject_id)
    left join told using (challenge_id, subject_id)
  where score.organisation_id = $1 or score.organisation_id is null`;

/** Of each activity sent, the content that must count: its amount, its member, its revision. */
const CONTENTS = `
  with sent as (
    select * from unnest($2::text[], $3::text[], $4::int[], $5::bigint[], $6::uuid[])
      as sent (source, external_id, revision, amount, member_id)
  )
  select count(*) as checked, count(*) filter (where activity.revision is null) as wrong
  from sent left join activity on ${CURRENT} and activity.source = sent.source
    and activity.external_id = sent.external_id and activity.revision = sent.revision
    and activity.amount = sent.amount and activity.member_id = sent.member_id`;

/** Replays by the product's own command, which must find nothing; throws when it does. */
export async function proveReplay(cluster, { id, database }) {
  const words = ['rebuild', '--organisation', id, '--check'];
  const report = await command(cluster, database, ...words).catch((error) => {
    if (!error.stdout) throw error;
    return JSON.parse(error.stdout);
  });
  const { challenges, differences, first } = report;
  if (challenges === 0) throw new Error('WRONG: rebuild --check had no challenge to look at');
  if (differences === 0) return challenges;
  throw new Error(`WRONG: rebuild --check finds ${differences}: ${JSON.stringify(first[0])}`);
}

/** What was checked; throws when anything is wrong. */
export async function proveRight(cluster, organisation, streams) {
  const checked = await proveBySql(cluster, organisation, streams);
  return { ...checked, 'challenges replayed': await proveReplay(cluster, organisation) };
}

async function proveBySql(cluster, { id, database }, streams) {
  return withClient(cluster.address(database), async (client) => {
    const result = {};
    const rows = streams.flatMap(({ sent }) => sent.map(({ row }) => row));
    const column = (name) => rows.map((row) => row[name]);
    const fields = ['source', 'external_id', 'revision', 'amount', 'member_id'];
    const questions = {
      contents: [CONTENTS, [id, ...fields.map(column)]],
      'day totals': [DAY_TOTALS, [id]],
      scores: [SCORES, [id]],
    };
    const faults = [];
    for (const [name, [sql, values]] of Object.entries(questions)) {
      const row = (await client.query(sql, values)).rows[0];
      const [checked, wrong] = [Number(row.checked), Number(row.wrong)];
      if (wrong > 0) faults.push(`${wrong} of ${checked} ${name} differ from raw SQL`);
      if (checked === 0) faults.push(`there are no ${name} to check`);
      result[name] = checked;
    }
    if (faults.length > 0) throw new Error(`WRONG: ${faults.join('; ')}`);
    return result;
  });
}

export const sayRight = (checked) =>
  `right: ${Object.entries(checked)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')}: no difference`;
