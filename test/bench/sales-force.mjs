// A sales force with a million activities, and what its cockpit shows, written by hand in SQL.

export const MEMBERS = 500;
/** Two years, so that a quarter is an eighth of it. */
const DAYS = 730;
const FIRST_DAY = '2024-01-01';
export const QUARTER = { period: '2025-Q2', from: '2025-04-01', to: '2025-07-01' };

/** Five regions of five teams; a third of the members have moved once, on the middle day. */
export async function makeTeams(client, organisationId) {
  const run = (sql) => client.query(sql, [organisationId]);
  await run(`insert into team (organisation_id, id, name, parent_id, created_at)
    select $1, gen_random_uuid(), 'Region ' || n, null, now() from generate_series(1, 5) as n`);
  await run(`insert into team (organisation_id, id, name, parent_id, created_at)
    select $1, gen_random_uuid(), name || ' team ' || n, id, now()
    from team cross join generate_series(1, 5) as n where organisation_id = $1`);
  const numbered = `with teams as (select id, row_number() over (order by name) - 1 as place
      from team where organisation_id = $1 and parent_id is not null),
    members as (select id, row_number() over (order by id) - 1 as place
      from member where organisation_id = $1)`;
  await run(`${numbered} insert into team_member
      (organisation_id, member_id, from_day, to_day, team_id)
    select $1, members.id, '1900-01-01', case when members.place % 3 = 0 then date '2025-05-15' end,
      teams.id from members join teams on teams.place = members.place % 25`);
  await run(`${numbered} insert into team_member
      (organisation_id, member_id, from_day, to_day, team_id)
    select $1, members.id, '2025-05-15', null, teams.id
    from members join teams on teams.place = (members.place + 7) % 25
    where members.place % 3 = 0`);
}

/** In the order of days, as they come in; one in twenty in two hands, one in ten of several lines. */
export async function makeActivities(client, organisationId, count) {
  await client.query(
    `with members as (select array_agg(id order by id) as ids from member
       where organisation_id = $1),
     made as (
       select n, ids, hashint8(n)::bigint & 2147483647 as a,
         hashint8(n + 10000000)::bigint & 2147483647 as b,
         hashint8(n + 20000000)::bigint & 2147483647 as c
       from generate_series(1, $2::int) as n, members
     ), facts as (
       select *, (array['lead.created', 'lead.created', 'lead.created', 'visit.done', 'visit.done',
           'offer.sent', 'offer.sent', 'deal.opened', 'deal.opened', 'deal.won', 'deal.won',
           'deal.won', 'deal.won', 'deal.won', 'deal.lost', 'deal.lost', 'deal.lost', 'call.made',
           'call.made', 'sale.refunded'])[1 + a % 20] as type,
         date '${FIRST_DAY}' + (n::bigint * ${DAYS} / $2::int)::int as day,
         (1 + b % 9000) * 10000 as amount, ids[1 + a / 20 % ${MEMBERS}] as member,
         ids[1 + c % ${MEMBERS}] as other
       from made
     )
     insert into activity (organisation_id, source, external_id, revision, seq, recorded_at,
       content_hash, void, withheld, item, type, member_id, shares, occurred_on, opened_on, amount,
       currency, quantity, lines, product, customer, channel, region)
     select $1, 'bench', n::text, 1, 1, now(), gen_random_uuid(), false, false, 'item-' || n / 4, type,
       case when c % 20 > 0 or member = other then member end,
       case when c % 20 = 0 and member <> other
         then jsonb_build_array(jsonb_build_array(member, 5000), jsonb_build_array(other, 5000)) end,
       day, day - (c % 90)::int, amount, 'EUR', 10000 * (1 + c % 5),
       case when b % 10 = 0 then jsonb_build_array(jsonb_build_array('A', 10000, amount - 5000, null),
         jsonb_build_array('B', 10000, 5000, 1000)) end,
       case when b % 10 > 0 then 'product ' || c % 40 end,
       'customer ' || b % 40000, (array['web', 'phone', 'field'])[1 + c % 3],
       (array['north', 'south', 'east', 'west'])[1 + b % 4]
     from facts`,
    [organisationId, count],
  );
}

/** Each team with those above it; when members were in which. */
const TEAMS = `recursive line as (
      select id as below, id as team_id from team where organisation_id = $1
      union all
      select line.below, team.parent_id from line join team
        on team.organisation_id = $1 and team.id = line.team_id and team.parent_id is not null),
    stay as (select member_id, team_id, from_day, coalesce(to_day, 'infinity') as to_day
      from team_member where organisation_id = $1)`;

/** The activities of a quarter in the hands of their members; amounts here are even. */
const within = (types, shares) => `organisation_id = $1 and type in (${types})
  and occurred_on >= $2 and occurred_on < $3
  and superseded_seq is null and not void and not withheld and shares ${shares}`;

/** Added up by team first: few are left when those above each are looked for. */
const byTeam = (types, value) => `with ${TEAMS}, part as (
    select type, occurred_on as day, member_id, 10000 as weight, amount from activity
    where ${within(types, 'is null')}
    union all
    select type, occurred_on, (share->>0)::uuid, (share->>1)::int, amount * (share->>1)::int / 10000
    from activity, jsonb_array_elements(shares) as share where ${within(types, 'is not null')}),
  sums as (select stay.team_id, sum(case type when 'sale.refunded' then -amount
        when 'deal.won' then amount end) as revenue,
      sum(weight) filter (where type = 'deal.won') as won,
      sum(weight) filter (where type = 'deal.lost') as lost
    from part join stay on stay.member_id = part.member_id and day >= from_day and day < to_day
    group by stay.team_id)
  select line.team_id as id, ${value} as value from sums join line on line.below = sums.team_id
  group by line.team_id`;

/** What a good hand would write for each; its numbers must be those of the answers. */
export const byHand = {
  revenue: byTeam(`'deal.won', 'sale.refunded'`, 'sum(revenue) / 10000'),
  'win-rate': byTeam(`'deal.won', 'deal.lost'`, 'sum(won) / nullif(sum(won) + sum(lost), 0)'),
  'average-sale': byTeam(`'deal.won', 'sale.refunded'`, 'sum(revenue) / nullif(sum(won), 0)'),
  'new-customers': `with ${TEAMS}, first as (
      select distinct on (customer) customer, occurred_on as day, member_id, shares from activity
      where organisation_id = $1 and type = 'deal.won' and customer is not null
        and occurred_on >= $2 and occurred_on < $3
        and superseded_seq is null and not void and not withheld
        and not exists (select from activity as earlier where earlier.organisation_id = $1
          and earlier.customer = activity.customer and earlier.type = 'deal.won'
          and earlier.occurred_on < $2 and earlier.superseded_seq is null
          and not earlier.void and not earlier.withheld)
      order by customer, occurred_on, occurred_at nulls first, source collate "C",
        external_id collate "C"),
    mine as (select customer, day, member_id from first where shares is null
      union all select customer, day, (share->>0)::uuid
        from first, jsonb_array_elements(shares) as share where shares is not null)
    select line.team_id as id, count(distinct customer) as value
    from mine join stay on stay.member_id = mine.member_id and day >= from_day and day < to_day
      join line on line.below = stay.team_id group by line.team_id`,
};
