// Taking in and telling with two servers on one PostgreSQL, against one.
import { startCluster } from './cluster.mjs';
import { attend, eventOf } from './crowd.mjs';
import { createOrganisation, post } from './programme.mjs';
import { fixed, inTurn, median, percentile, printTable, range, summary, whole } from './rounds.mjs';
import { flow, must, startServer } from './server.mjs';
import { runningWindow, Stream } from './stream.mjs';

export const summaryLine =
  'intake and frames with two servers on one PostgreSQL; rival: one server';

const BATCH = 20;
// A stream revises what has rested for eight batches.
const CONNECTIONS = 6;

export async function run({ smoke, rounds = smoke ? 1 : 3 }) {
  const [batches, watchers] = smoke ? [20, 20] : [200, 300];
  const cluster = await startCluster();
  const closing = [() => cluster.stop()];
  try {
    // One organisation has one writer at a time, however many servers there are.
    const house = await createOrganisation(cluster, 'ours', 200);
    const env = { DATABASE_URL: cluster.url('ours') };
    const servers = [await startServer({ env }), await startServer({ env })];
    for (const server of servers) closing.push(() => server.stop());
    const challenge = await launch(servers[0], house);
    const stream = new Stream({ members: house.members });
    const place = { house, challenge, stream, batches, watchers };
    const measured = await inTurn(
      {
        ours: () => measure(servers, place),
        rival: () => measure(servers.slice(0, 1), place),
      },
      rounds,
    );
    return report(measured);
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

async function launch(server, { key }) {
  const rules = [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '100' }];
  const body = { name: 'Watched', ...runningWindow(), rules };
  const { id } = await must(server, { path: '/api/challenges', key, body });
  await must(server, { path: `/api/challenges/${id}/launch`, key, body: {} });
  return id;
}

/** Posts to all of them in turn, while sockets on all of them watch. */
async function measure(servers, { house, challenge, stream, batches, watchers }) {
  const versions = [];
  const sockets = [];
  for (let at = 0; at < watchers; at++) {
    const server = servers[at % servers.length];
    versions[at] = 0;
    const hear = (raw) => (versions[at] = eventOf(raw)[1].version);
    const auth = { key: house.key };
    sockets.push(await attend(server.url, { auth, topic: `board:${challenge}`, hear }));
  }
  const work = Array.from({ length: batches }, () => stream.batch(BATCH));
  const tasks = work.map((batch, at) => () => post(servers[at % servers.length], house, batch));
  const { ms, took } = await flow(tasks, CONNECTIONS);
  const since = performance.now();
  const path = `/api/challenges/${challenge}/board?limit=1`;
  const boards = await Promise.all(servers.map((server) => must(server, { path, key: house.key })));
  if (new Set(boards.map(({ version }) => version)).size > 1) {
    throw new Error('WRONG: two servers have two boards');
  }
  const least = Math.max(...versions);
  while (versions.some((version) => version < least)) {
    if (performance.now() - since > 10_000) throw new Error('WRONG: a socket was told nothing');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (const socket of sockets) socket.terminate();
  return { rate: (batches * BATCH * 1000) / ms, took, told: performance.now() - since };
}

function report({ ours, rival }) {
  const ratios = ours.map(({ rate }, at) => rate / rival[at].rate);
  const rows = Object.entries({ 'two servers': ours, 'one server': rival });
  printTable([
    ['', 'activities/s', 'range', 'p99 ms', 'all told ms'],
    ...rows.map(([name, results]) => {
      const rates = results.map(({ rate }) => rate);
      const p99 = percentile(
        results.flatMap(({ took }) => took),
        99,
      );
      const told = median(results.map((one) => one.told));
      return [name, whole(median(rates)), range(rates, whole), fixed(p99, 1), fixed(told, 0)];
    }),
    ['ratio', fixed(median(ratios)), range(ratios), '', ''],
  ]);
  const { median: ratio, min, max } = summary(ratios, 3);
  const perSecond = summary(
    ours.map(({ rate }) => rate),
    0,
  );
  return { ratio, range: [min, max], rounds: ours.length, perSecond };
}
