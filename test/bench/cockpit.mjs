// What a cockpit asks, by team for a quarter over a million activities, against SQL by hand.
import { startCluster, withClient } from './cluster.mjs';
import { byHand, makeActivities, makeTeams, MEMBERS, QUARTER } from './sales-force.mjs';
import { createOrganisation } from './programme.mjs';
import { fixed, inTurn, median, printTable, range, summary, whole } from './rounds.mjs';
import { must, startServer } from './server.mjs';
import pg from 'pg';

export const summaryLine = 'KPIs by team for a quarter over 1 000 000 activities; at most 1.5';

const AT_MOST = 1.5;
/** Until the server's code is compiled; the rival is called as often. */
const WARM_UP = 20;
/** As the server sets its own connections. */
const SETTINGS = '-c plan_cache_mode=force_custom_plan -c jit=off';

export async function run({ smoke, rounds = smoke ? 1 : 15 }) {
  const count = smoke ? 20_000 : 1_000_000;
  const cluster = await startCluster();
  const closing = [() => cluster.stop()];
  try {
    const organisation = await createOrganisation(cluster, 'ours', MEMBERS);
    await withClient(cluster.address('ours'), async (client) => {
      await makeTeams(client, organisation.id);
      await makeActivities(client, organisation.id, count);
      await client.query('vacuum analyze');
    });
    const server = await startServer({ env: { DATABASE_URL: cluster.url('ours') } });
    closing.push(() => server.stop());
    const client = new pg.Client({ ...cluster.address('ours'), options: SETTINGS });
    await client.connect();
    closing.push(() => client.end());
    const measured = {};
    for (const code of Object.keys(byHand)) {
      const contenders = contendersOf(code, { server, client, organisation });
      const results = await inTurn(contenders, rounds);
      proveEqual(code, results.ours.at(-1).rows, results.rival.at(-1).rows);
      measured[code] = { ours: results.ours.map(tookOf), rival: results.rival.map(tookOf) };
    }
    report(measured, count);
    return figures(measured, count);
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

const tookOf = ({ took }) => took;

function contendersOf(code, { server, client, organisation }) {
  const path = `/api/kpis/${code}/results?period=${QUARTER.period}&by=team`;
  const timed = async (work) => {
    const since = performance.now();
    const rows = await work();
    return { took: performance.now() - since, rows };
  };
  const { id, key } = organisation;
  const ours = async () => (await must(server, { path, key })).rows;
  const rival = async () => {
    const { rows } = await client.query(byHand[code], [id, QUARTER.from, QUARTER.to]);
    return rows;
  };
  const warm = (work) => async (number) => {
    for (let time = 0; number === 0 && time < WARM_UP; time++) await work();
    return timed(work);
  };
  return { ours: warm(ours), rival: warm(rival) };
}

/** Right, or nothing: to the digits that both can have. */
function proveEqual(code, ours, rival) {
  const said = new Map(rival.map(({ id, value }) => [id, Number(value)]));
  const wrong = ours.filter(({ subject, value }) => {
    const other = said.get(subject.id) ?? 0;
    return Math.abs(Number(value) - other) > 1e-4 * Math.max(1, Math.abs(other) * 1e-6);
  });
  if (wrong.length > 0) throw new Error(`WRONG: ${code} of ${wrong[0].subject.label}`);
  if (ours.length === 0) throw new Error(`WRONG: no rows of ${code}`);
}

const ratiosOf = ({ ours, rival }) => ours.map((took, at) => took / rival[at]);

function report(measured, count) {
  printTable([
    ['', 'ours ms', 'by hand ms', 'ratio', 'range'],
    ...Object.entries(measured).map(([code, results]) => {
      const ratios = ratiosOf(results);
      const [ours, rival] = [results.ours, results.rival].map((took) => fixed(median(took), 1));
      return [code, ours, rival, fixed(median(ratios)), range(ratios)];
    }),
  ]);
  console.log(`${whole(count)} activities, ${MEMBERS} members, 30 teams; every figure is equal`);
}

function figures(measured, count) {
  const result = { atMost: AT_MOST, activities: count };
  for (const [code, results] of Object.entries(measured)) {
    const [oursMs, byHandMs] = [results.ours, results.rival].map((took) => summary(took, 1).median);
    result[code] = { ratio: summary(ratiosOf(results)), oursMs, byHandMs };
  }
  const ratio = Math.max(...Object.keys(measured).map((code) => result[code].ratio.median));
  return { ratio, rounds: Object.values(measured)[0].ours.length, ...result };
}
