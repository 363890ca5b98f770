// One activity per request from many connections, against a bare route with one INSERT.
import path from 'node:path';
import { createBareTable } from './bare-table.mjs';
import { startCluster } from './cluster.mjs';
import { sayProcessor, spending } from './processor.mjs';
import { profiler } from './profile.mjs';
import { createOrganisation, launchChallenges, post } from './programme.mjs';
import { proveRight, sayRight } from './rightness.mjs';
import { comparison, inTurn, printComparison } from './rounds.mjs';
import { flow, must, startProgram, startServer } from './server.mjs';
import { Stream } from './stream.mjs';

export const summaryLine = 'one activity a request from 32 connections; rival: a bare route';

const CONNECTIONS = 32;
const POOL = '10';
/** A tenth of the stream revises or repeats, so it is drawn in batches of this many. */
const DRAWN = 500;

export async function run({ smoke, rounds = smoke ? 1 : 15, profile }) {
  const draws = smoke ? 1 : 4;
  const cluster = await startCluster();
  const closing = [() => cluster.stop()];
  try {
    const organisation = await createOrganisation(cluster, 'ours', 500);
    await createBareTable(cluster, 'rival', 'ours');
    const stream = new Stream({ members: organisation.members });
    const draw = (count) => Array.from({ length: count }, () => stream.batch(DRAWN)).flat();
    const profiling = await profiler(profile, cluster, 'ours');
    const env = { DATABASE_URL: cluster.url('ours'), DATABASE_POOL: POOL, ...profiling.env };
    const server = await startServer({ env, flags: profiling.flags });
    closing.push(() => server.stop());
    await launchChallenges(server, organisation);
    let current = draw(1);
    const rival = await startProgram({
      script: path.join(import.meta.dirname, 'bare-route.mjs'),
      env: {
        DATABASE_URL: cluster.url('rival'),
        DATABASE_POOL: POOL,
        BENCH_ORGANISATION: organisation.id,
        BENCH_FIELDS: JSON.stringify(Object.keys(current[0].row)),
      },
    });
    closing.push(() => rival.stop());
    const timed = async (send) => {
      const tasks = current.map((activity) => () => send(activity));
      const { ms, took, spent } = await spending(server, cluster, () => flow(tasks, CONNECTIONS));
      return { rate: (tasks.length / ms) * 1000, took, spent, thousands: tasks.length / 1000 };
    };
    const measured = await inTurn(
      {
        ours: async (number) => {
          if (number > 0) current = draw(draws);
          else current.push(...draw(smoke ? 9 : 12));
          if (number === 1) await profiling.begin();
          return timed((activity) => post(server, organisation, [activity]));
        },
        rival: () => timed(({ row }) => must(rival, { path: '/activities', body: row })),
      },
      rounds,
    );
    await profiling.end(rounds * draws * DRAWN);
    printComparison(measured, 'requests/s');
    console.log(sayProcessor(measured.ours));
    const checked = await proveRight(cluster, organisation, [stream]);
    console.log(sayRight(checked));
    return { ...comparison(measured), checked };
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}
