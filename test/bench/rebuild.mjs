// A million activities into totals, scores and their log, by the product's own command, against one
// statement that says the same sums.
import { startCluster, withClient } from './cluster.mjs';
import { writePast } from './past.mjs';
import { command, createOrganisation, launchChallenges } from './programme.mjs';
import { proveReplay, sayRight } from './rightness.mjs';
import { fixed, inTurn, median, printTable, range, summary, whole } from './rounds.mjs';
import { startServer } from './server.mjs';
import { proveSums, SUMS } from './sums.mjs';

export const summaryLine = 'a million activities replayed; rival: one GROUP BY of the same sums';

const DATABASE = 'ours';
const MEMBERS = 500;
const DAYS = 90;
const DAY_MS = 86_400_000;
/** The greatest allowed ratio. */
const AT_MOST = 3;

export async function run({ smoke, rounds = smoke ? 1 : 7 }) {
  const cluster = await startCluster();
  const address = { ...cluster.address(DATABASE), options: '-c jit=off' };
  try {
    const organisation = await createOrganisation(cluster, DATABASE, MEMBERS);
    const from = new Date(Date.now() - (DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
    const count = smoke ? 20_000 : 1_000_000;
    const past = { count, from, days: DAYS, customers: count / 10 };
    await withClient(address, (client) => writePast(client, organisation, past));
    await launch(cluster, organisation);
    return await withClient(address, async (client) => {
      const measured = await inTurn(contenders(cluster, client, organisation), rounds);
      const checked = {
        ...(await proveSums(client, organisation.id)),
        'challenges replayed': await proveReplay(cluster, organisation),
      };
      return report(measured, { ...past, checked });
    });
  } finally {
    await cluster.stop();
  }
}

/** Challenges are launched by the server, which is not there while it is measured. */
async function launch(cluster, organisation) {
  const server = await startServer({ env: { DATABASE_URL: cluster.url(DATABASE) } });
  try {
    await launchChallenges(server, organisation);
  } finally {
    await server.stop();
  }
}

function contenders(cluster, client, { id }) {
  return {
    ours: async () => {
      await forget(client, id);
      const { ms, answer } = await timed(() =>
        command(cluster, DATABASE, 'rebuild', '--organisation', id),
      );
      if (answer.differences === 0) throw new Error('WRONG: there was nothing to rebuild');
      return ms;
    },
    rival: async () => {
      const query = { text: SUMS, values: [id], rowMode: 'array' };
      return (await timed(() => client.query(query))).ms;
    },
  };
}

/** Leaves nothing of what is derived but who takes part. */
async function forget(client, id) {
  await client.query('truncate measure_day, score_change');
  await client.query(
    `update score set score = 0, parts = '{}', reached_on = null where organisation_id = $1`,
    [id],
  );
  await client.query('vacuum analyze score, measure_day, score_change');
}

async function timed(work) {
  const since = performance.now();
  const answer = await work();
  return { ms: performance.now() - since, answer };
}

function report(measured, { count, checked }) {
  const ratios = measured.ours.map((ms, at) => ms / measured.rival[at]);
  printTable([
    ['', 'ms', 'range'],
    ...Object.entries(measured).map(([name, times]) => {
      return [name, whole(median(times)), range(times, whole)];
    }),
    ['ratio', fixed(median(ratios)), range(ratios)],
  ]);
  console.log(`${whole(count)} activities: ${sayRight(checked)}`);
  const { median: ratio, min, max } = summary(ratios);
  const [oursMs, rivalMs] = [summary(measured.ours, 0), summary(measured.rival, 0)];
  const rounds = ratios.length;
  return { ratio, range: [min, max], atMost: AT_MOST, rounds, oursMs, rivalMs, checked };
}
