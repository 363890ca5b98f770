// Why does somebody have this score? The tree of one member in a challenge of a million activities
// and the first page of what is behind it, against the SQL that fetches that member's rows.
import { startCluster, withClient } from './cluster.mjs';
import { writePast } from './past.mjs';
import { createOrganisation } from './programme.mjs';
import { proveReplay, sayRight } from './rightness.mjs';
import { fixed, inTurn, median, percentile, printTable, range, summary, whole } from './rounds.mjs';
import { must, startServer } from './server.mjs';

export const summaryLine =
  'the proof of one score among a million activities; rival: the SQL of these rows; at most 2';

const DATABASE = 'ours';
const MEMBERS = 500;
const DAYS = 90;
const DAY_MS = 86_400_000;
const PAGE = 50;
/** The greatest allowed ratio. */
const AT_MOST = 2;

const day = (time) => new Date(time).toISOString().slice(0, 10);

/** The rows of a member that count in the window, whole, in the order of business. */
const ROWS = `select * from activity
  where organisation_id = $1 and type = any($2) and occurred_on >= $3 and occurred_on < $4
    and superseded_seq is null and not void and not withheld
    and (member_id = $5
      or shares @> jsonb_build_array(jsonb_build_array($5::uuid)))
  order by occurred_on, occurred_at, external_id`;
const TYPES = ['deal.won', 'sale.refunded'];

/** By member: parts of sales less parts of refunds; knows nothing of the server's code. */
const RIGHT = `
  with part as (
    select type, member_id, 10000 as weight, amount from activity
    where organisation_id = $1 and superseded_seq is null and not void and not withheld
      and occurred_on >= $2 and occurred_on < $3 and shares is null
    union all
    select type, (share->>0)::uuid, (share->>1)::int, amount * (share->>1)::int / 10000
    from activity, jsonb_array_elements(shares) as share
    where organisation_id = $1 and superseded_seq is null and not void and not withheld
      and occurred_on >= $2 and occurred_on < $3 and shares is not null
  )
  select sum(case type when 'deal.won' then amount else -amount end) as score,
    sum(amount) filter (where type = 'deal.won') as sold,
    sum(weight) filter (where type = 'deal.won') as sales
  from part where member_id = $4`;

export async function run({ smoke, rounds = smoke ? 2 : 9 }) {
  const cluster = await startCluster();
  const address = { ...cluster.address(DATABASE), options: '-c jit=off' };
  try {
    const organisation = await createOrganisation(cluster, DATABASE, MEMBERS);
    const window = { from: day(Date.now() - (DAYS - 1) * DAY_MS), to: day(Date.now() + DAY_MS) };
    const count = smoke ? 20_000 : 1_000_000;
    const past = { count, from: window.from, days: DAYS, customers: count / 10 };
    await withClient(address, (client) => writePast(client, organisation, past));
    const server = await startServer({ env: { DATABASE_URL: cluster.url(DATABASE) } });
    try {
      const place = {
        server,
        organisation,
        window,
        challenge: await launch(server, organisation, window),
      };
      return await withClient(address, async (client) => {
        await client.query('vacuum analyze');
        const few = smoke ? 3 : 20;
        const measured = await inTurn(contenders(client, place, few), rounds);
        const checked = {
          ...(await proveLeaves(client, place, smoke ? 3 : 10)),
          'challenges replayed': await proveReplay(cluster, organisation),
        };
        return report(measured, { count, checked });
      });
    } finally {
      await server.stop();
    }
  } finally {
    await cluster.stop();
  }
}

/** Revenue of the window; each unit is one of score. */
async function launch(server, { key }, window) {
  const rules = [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '1' }];
  const body = { name: 'Everything', ...window, rules };
  const { id } = await must(server, { path: '/api/challenges', key, body });
  await must(server, { path: `/api/challenges/${id}/launch`, key, body: {} });
  return id;
}

const measuresOf = ({ rules }) =>
  rules.flatMap(({ kpis }) => kpis.flatMap(({ measures }) => measures));

const soldIn = (tree) => measuresOf(tree).find(({ types }) => types.includes('deal.won'));

function proofOf({ server, organisation: { key }, challenge }, memberId) {
  const path = `/api/challenges/${challenge}/scores/${memberId}`;
  const page = (measure, limit, cursor) => {
    const more = cursor ? `&cursor=${cursor}` : '';
    const query = `measure=${measure}&limit=${limit}${more}`;
    return must(server, { path: `${path}/activities?${query}`, key });
  };
  return { tree: () => must(server, { path, key }), page };
}

/** In each round some members, the same for both: one after another, each asked for once. */
function contenders(client, place, few) {
  const { members, id } = place.organisation;
  const chosen = (round) =>
    Array.from({ length: few }, (_, at) => members[((round * few + at) * 7) % members.length].id);
  const each = (work) => async (round) => {
    const took = [];
    for (const memberId of chosen(round)) {
      const since = performance.now();
      await work(memberId);
      took.push(performance.now() - since);
    }
    return took;
  };
  // What the trees name does not change: the first one says what there is to ask for.
  let sold;
  return {
    ours: each(async (memberId) => {
      const { tree, page } = proofOf(place, memberId);
      sold ??= soldIn(await tree()).id;
      await tree();
      await page(sold, PAGE);
    }),
    rival: each(async (memberId) => {
      const values = [id, TYPES, place.window.from, place.window.to, memberId];
      const { rows } = await client.query({ text: ROWS, values, name: 'rows' });
      if (rows.length === 0) throw new Error('WRONG: a member without activities');
    }),
  };
}

/** The score, the measure and all of its leaves of some members, against plain SQL. */
async function proveLeaves(client, place, few) {
  const { organisation, window } = place;
  const scaled = (text) => Math.round(Number(text) * 10_000);
  let leaves = 0;
  for (const { id: memberId } of organisation.members.slice(0, few)) {
    const { tree, page } = proofOf(place, memberId);
    const proof = await tree();
    const measure = soldIn(proof);
    const values = [organisation.id, window.from, window.to, memberId];
    const [right] = (await client.query(RIGHT, values)).rows;
    let cursor = null;
    const found = { sum: 0, count: 0 };
    do {
      const { items, nextCursor } = await page(measure.id, 200, cursor);
      for (const item of items) {
        found.sum += scaled(item.sum);
        found.count += scaled(item.count);
      }
      leaves += items.length;
      cursor = nextCursor;
    } while (cursor !== null);
    const said = [proof.score, measure.sum, measure.count].map(scaled);
    const wanted = [right.score, right.sold, right.sales].map(Number);
    if (String(said) !== String(wanted) || found.sum !== said[1] || found.count !== said[2]) {
      const told = JSON.stringify({ memberId, wanted, said, found });
      throw new Error(`WRONG: a proof and plain SQL differ: ${told}`);
    }
  }
  return { proofs: few, leaves };
}

function report(measured, { count, checked }) {
  const ratios = measured.ours.map((took, at) => median(took) / median(measured.rival[at]));
  printTable([
    ['', 'p50 ms', 'p99 ms'],
    ...Object.entries(measured).map(([name, rounds]) => {
      const took = rounds.flat();
      return [name, fixed(median(took), 1), fixed(percentile(took, 99), 1)];
    }),
    ['ratio', fixed(median(ratios)), range(ratios)],
  ]);
  console.log(`${whole(count)} activities: ${sayRight(checked)}`);
  const { median: ratio, min, max } = summary(ratios);
  const [oursMs, rivalMs] = [measured.ours, measured.rival].map((all) => summary(all.flat(), 1));
  return {
    ratio,
    range: [min, max],
    atMost: AT_MOST,
    rounds: ratios.length,
    oursMs,
    rivalMs,
    checked,
  };
}
