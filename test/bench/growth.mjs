// Is the cost of an activity flat? The same batches where there is much, against where there is
// little: a million activities before the window, a million inside it, a hundred times the members.
import { startCluster, withClient } from './cluster.mjs';
import { copyActivities } from './past.mjs';
import { createOrganisation, launchChallenges, post } from './programme.mjs';
import { proveRight, sayRight } from './rightness.mjs';
import { fixed, inTurn, median, percentile, printTable, range, summary, whole } from './rounds.mjs';
import { flow, startServer } from './server.mjs';
import { Stream } from './stream.mjs';

export const summaryLine =
  'a batch and a single activity with much, against with little; at most 1.2';

const SIZE = 1_000;
const FEW = 500;
/** The greatest allowed quotient of each figure. */
const AT_MOST = 1.2;

/** What is there before the challenges are launched. `daysEarlier` moves a copy out of the window. */
const situations = (smoke) => {
  const copies = smoke ? 20 : 1_000;
  return {
    little: { members: FEW, copies: 0 },
    history: { members: FEW, copies, daysEarlier: 60 },
    inside: { members: FEW, copies, daysEarlier: 0 },
    members: { members: smoke ? 2_000 : 50_000, copies: 0 },
  };
};

export async function run({ smoke, rounds = smoke ? 1 : 9 }) {
  const cluster = await startCluster();
  const closing = [() => cluster.stop()];
  try {
    const places = {};
    for (const [name, situation] of Object.entries(situations(smoke))) {
      places[name] = await prepare(cluster, name, situation, closing);
    }
    const warmUp = smoke ? 10 : 30;
    const contenders = Object.entries(places).map(([name, place]) => [
      name,
      (number) => measure(place, number === 0 ? warmUp : 4, smoke ? 20 : 100),
    ]);
    const measured = await inTurn(Object.fromEntries(contenders), rounds);
    report(measured);
    let checked = {};
    for (const { organisation, stream } of Object.values(places)) {
      checked = await proveRight(cluster, organisation, [stream]);
      console.log(`${organisation.database}: ${sayRight(checked)}`);
    }
    return figures(measured);
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

async function prepare(cluster, name, { members, copies, daysEarlier }, closing) {
  const organisation = await createOrganisation(cluster, name, members);
  // A small pool: several servers share the one database.
  const env = { DATABASE_URL: cluster.url(name), DATABASE_POOL: '5' };
  const server = await startServer({ env });
  closing.push(() => server.stop());
  const stream = new Stream({ members: organisation.members });
  if (copies > 0) {
    await post(server, organisation, stream.batch(SIZE));
    await withClient(cluster.address(name), (client) => multiply(client, copies, daysEarlier));
  }
  await launchChallenges(server, organisation);
  // What autovacuum does in a quiet minute.
  await withClient(cluster.address(name), (client) => client.query('vacuum analyze'));
  return { organisation, server, stream };
}

/** Copies the activities that are there, under names of their own, some days earlier. */
async function multiply(client, copies, daysEarlier) {
  const earlier = `interval '1 day' * (${daysEarlier} * (1 + copy % 12))`;
  const changed = {
    external_id: `external_id || '-' || copy`,
    item: `item || '-' || copy`,
    content_hash: 'gen_random_uuid()',
  };
  for (const name of ['occurred_on', 'occurred_at', 'opened_on', 'opened_at']) {
    changed[name] = `${name} - ${earlier}`;
  }
  await copyActivities(
    client,
    changed,
    `activity cross join generate_series(1, ${copies}) as copy`,
  );
}

/** Times of batches one after another, and of single activities one after another. */
async function measure({ organisation, server, stream }, batches, singles) {
  const one = async (activities) => {
    const send = (part) => () => post(server, organisation, part);
    return (await flow(activities.map(send), 1)).took;
  };
  const batch = await one(Array.from({ length: batches }, () => stream.batch(SIZE)));
  const single = await one(stream.batch(singles).map((activity) => [activity]));
  return { batch, single };
}

const all = (results, kind) => results.flatMap((result) => result[kind]);

/** Per round, the median with much over the median with little. */
const quotients = (measured, name, kind) =>
  measured[name].map((result, at) => median(result[kind]) / median(measured.little[at][kind]));

function report(measured) {
  const many = Object.entries(measured);
  printTable([
    ['', 'batch ms', '× little', 'range', 'single ms', '× little', 'range', 'p99 ms'],
    ...many.map(([name, results]) => [
      name,
      ...['batch', 'single'].flatMap((kind) => {
        const quotient = quotients(measured, name, kind);
        const ms = median(all(results, kind));
        return [fixed(ms, 1), fixed(median(quotient)), range(quotient)];
      }),
      fixed(percentile(all(results, 'single'), 99), 1),
    ]),
  ]);
  console.log(`each round: batches of ${whole(SIZE)}, then single activities, one at a time`);
}

function figures(measured) {
  const result = { atMost: AT_MOST, rounds: measured.little.length };
  for (const [name, results] of Object.entries(measured)) {
    result[name] = {
      batchMs: summary(all(results, 'batch'), 1).median,
      batchRatio: summary(quotients(measured, name, 'batch')),
      singleMs: summary(all(results, 'single'), 1).median,
      singleRatio: summary(quotients(measured, name, 'single')),
      singleP99Ms: Number(percentile(all(results, 'single'), 99).toFixed(1)),
    };
  }
  const rivals = Object.keys(measured).filter((name) => name !== 'little');
  const ratio = Math.max(...rivals.map((name) => result[name].singleRatio.median));
  return { ratio, ...result };
}
