// A thousand activities per request, with scores, against the bare insert of the same rows.
import { createBareTable, openBare } from './bare-table.mjs';
import { startCluster } from './cluster.mjs';
import { sayProcessor, spending } from './processor.mjs';
import { profiler } from './profile.mjs';
import { createOrganisation, launchChallenges, post, watchBoards } from './programme.mjs';
import { proveRight, sayRight } from './rightness.mjs';
import { comparison, inTurn, printComparison } from './rounds.mjs';
import { flow, startServer } from './server.mjs';
import { Stream } from './stream.mjs';

export const summaryLine =
  '1 000 activities a request, three live challenges; rival: a bare insert';

const SIZE = 1_000;
const MEMBERS = 500;
/** A sender that pipelines: while one batch is written the next is read. The rival has the same. */
const IN_FLIGHT = 2;
/** Short rounds, many of them: a busy neighbour falls on both. */
const BATCHES = 10;
/** Until the server's code is compiled and there are activities old enough to be revised. */
const WARM_UP_BATCHES = 40;

export async function run({ smoke, rounds = smoke ? 1 : 21, profile }) {
  const batches = smoke ? 4 : BATCHES;
  const cluster = await startCluster();
  const closing = [() => cluster.stop()];
  try {
    const organisation = await createOrganisation(cluster, 'ours', MEMBERS);
    const columns = await createBareTable(cluster, 'rival', 'ours');
    const profiling = await profiler(profile, cluster, 'ours');
    const env = { DATABASE_URL: cluster.url('ours'), ...profiling.env };
    const server = await startServer({ env, flags: profiling.flags });
    closing.push(() => server.stop());
    const boards = await launchChallenges(server, organisation);
    const watching = await watchBoards(server, organisation, boards);
    closing.push(() => watching.leave());
    const lanes = [];
    for (let lane = 0; lane < IN_FLIGHT; lane++) {
      const bare = await openBare(cluster, 'rival', columns, organisation.id);
      lanes.push(bare);
      closing.push(() => bare.close());
    }
    const stream = new Stream({ members: organisation.members });
    const warmUp = smoke ? 12 : WARM_UP_BATCHES;
    let current;
    const measured = await inTurn(
      {
        ours: async (number) => {
          const count = number === 0 ? warmUp : batches;
          current = Array.from({ length: count }, () => stream.batch(SIZE));
          if (number === 1) await profiling.begin();
          const tasks = current.map((batch) => () => post(server, organisation, batch));
          const done = await spending(server, cluster, () => flow(tasks, IN_FLIGHT));
          return perSecond(done, count * SIZE);
        },
        rival: async () => {
          const tasks = current.map((batch) => (lane) => lanes[lane].insert(batch));
          return perSecond(await flow(tasks, IN_FLIGHT), current.length * SIZE);
        },
      },
      rounds,
    );
    await profiling.end(rounds * batches * SIZE);
    printComparison(measured, 'activities/s');
    console.log(sayProcessor(measured.ours));
    const { frames, rows } = watching.seen;
    console.log(`watched: ${frames} frames with ${rows} rows`);
    if (frames === 0) throw new Error('WRONG: nobody who watched has seen anything');
    const checked = await proveRight(cluster, organisation, [stream]);
    console.log(sayRight(checked));
    return { ...comparison(measured), checked };
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

const perSecond = ({ ms, took, spent }, rows) => {
  return { rate: (rows / ms) * 1000, took, spent, thousands: rows / 1000 };
};
