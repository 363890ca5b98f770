// Taking in and telling with two servers on one PostgreSQL, against one: several organisations at
// once, because one has one writer at a time, however many servers there are.
import { startCluster } from './cluster.mjs';
import { attend, cpuOf, cpuOfAll, eventOf } from './crowd.mjs';
import { addOrganisation, post } from './programme.mjs';
import { proveRight, sayRight } from './rightness.mjs';
import { fixed, inTurn, median, percentile, printTable, range, summary, whole } from './rounds.mjs';
import { flow, must, startServer } from './server.mjs';
import { runningWindow, Stream } from './stream.mjs';

export const summaryLine =
  'intake and frames of four organisations with two servers on one PostgreSQL; rival: one server';

const ORGANISATIONS = 4;
const MEMBERS = 200;
const BATCH = 20;
/** Of each organisation: a stream revises what has rested for eight batches. */
const CONNECTIONS = 4;

export async function run({ smoke, rounds = smoke ? 1 : 5 }) {
  const [batches, watchers] = smoke ? [10, 20] : [120, 400];
  const cluster = await startCluster();
  const closing = [() => cluster.stop()];
  try {
    await cluster.createDatabase('ours');
    const houses = [];
    for (let at = 0; at < ORGANISATIONS; at++) {
      houses.push(await addOrganisation(cluster, 'ours', MEMBERS));
    }
    const env = { DATABASE_URL: cluster.url('ours') };
    const servers = [await startServer({ env }), await startServer({ env })];
    for (const server of servers) closing.push(() => server.stop());
    for (const [at, house] of houses.entries()) {
      house.challenge = await launch(servers[0], house);
      house.stream = new Stream({ members: house.members, seed: at + 1 });
    }
    const place = { cluster, houses, batches, watchers };
    const measured = await inTurn(
      {
        // As requests fall, and each organisation where it was before.
        ours: () => measure(servers, { ...place, serverOf: (at, n) => servers[(at + n) % 2] }),
        kept: () => measure(servers, { ...place, serverOf: (at) => servers[at % 2] }),
        rival: () => measure([servers[0]], { ...place, serverOf: () => servers[0] }),
      },
      rounds,
    );
    for (const house of houses) {
      console.log(sayRight(await proveRight(cluster, house, [house.stream])));
    }
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

/** Posts for all organisations at once, while sockets on all servers watch each of their boards. */
async function measure(servers, { cluster, houses, batches, watchers, serverOf }) {
  const crowd = [];
  for (let at = 0; at < watchers; at++) {
    const house = houses[at % houses.length];
    const one = { house, version: 0, frames: 0 };
    const hear = (raw) => {
      one.version = eventOf(raw)[1].version;
      one.frames += 1;
    };
    const server = servers[Math.floor(at / houses.length) % servers.length];
    const topic = `board:${house.challenge}`;
    one.socket = await attend(server.url, { auth: { key: house.key }, topic, hear });
    crowd.push(one);
  }
  const cpu = () => cpuOfAll(cluster.pid) + servers.reduce((sum, { pid }) => sum + cpuOf(pid), 0);
  const work = houses.map(({ stream }) => {
    return Array.from({ length: batches }, () => stream.batch(BATCH));
  });
  const before = cpu();
  const since = performance.now();
  const flows = houses.map((house, at) => {
    const tasks = work[at].map((batch, n) => () => post(serverOf(at, n), house, batch));
    return flow(tasks, CONNECTIONS);
  });
  const took = (await Promise.all(flows)).flatMap((one) => one.took);
  const ms = performance.now() - since;
  const activities = houses.length * batches * BATCH;
  const told = await everybodyTold(servers, houses, crowd);
  const micros = ((cpu() - before) * 1e6) / activities;
  for (const { socket } of crowd) socket.terminate();
  return { rate: (activities * 1000) / ms, took, told, micros };
}

/** How long until each socket has the last version of its board, which is the same on all servers. */
async function everybodyTold(servers, houses, crowd) {
  const since = performance.now();
  for (const house of houses) {
    const { key, challenge } = house;
    const ask = (server) =>
      must(server, { path: `/api/challenges/${challenge}/board?limit=1000`, key });
    const boards = await Promise.all(servers.map(ask));
    if (new Set(boards.map((board) => JSON.stringify(board))).size > 1) {
      throw new Error('WRONG: two servers have two boards');
    }
    // The last turn may have moved no score: nobody is told of it.
    house.version = Math.max(
      ...crowd.filter((one) => one.house === house).map((one) => one.version),
    );
    if (house.version > boards[0].version) throw new Error('WRONG: a frame is ahead of the board');
  }
  while (crowd.some(({ house, version }) => version < house.version)) {
    if (performance.now() - since > 10_000) throw new Error('WRONG: a socket was told nothing');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  if (crowd.some(({ frames }) => frames === 0)) throw new Error('WRONG: a socket heard nothing');
  return performance.now() - since;
}

function report(measured) {
  const { ours, kept, rival } = measured;
  const against = (results) => results.map(({ rate }, at) => rate / rival[at].rate);
  const rows = { 'two servers': ours, 'two, each its own': kept, 'one server': rival };
  printTable([
    ['', 'activities/s', 'range', 'p99 ms', 'all told ms', 'µs of processor an activity'],
    ...Object.entries(rows).map(([name, results]) => {
      const rates = results.map(({ rate }) => rate);
      const p99 = percentile(
        results.flatMap(({ took }) => took),
        99,
      );
      const [told, micros] = ['told', 'micros'].map((what) =>
        median(results.map((one) => one[what])),
      );
      const delays = [fixed(p99, 1), fixed(told, 0), fixed(micros, 0)];
      return [name, whole(median(rates)), range(rates, whole), ...delays];
    }),
    ['ratio', fixed(median(against(ours))), range(against(ours)), '', '', ''],
    ['each its own', fixed(median(against(kept))), range(against(kept)), '', '', ''],
  ]);
  const { median: ratio, min, max } = summary(against(ours), 3);
  const perSecond = summary(
    ours.map(({ rate }) => rate),
    0,
  );
  const eachItsOwn = summary(against(kept), 3);
  return { ratio, range: [min, max], eachItsOwn, rounds: ours.length, perSecond };
}
