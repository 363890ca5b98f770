// One's own line and its neighbours on a large board that moves, against a sorted set of Redis.
import path from 'node:path';
import { startCluster } from './cluster.mjs';
import { cpuOf, cpuOfAll, Getter, paced, signIn, startRedis } from './crowd.mjs';
import { cpuProfile } from './profile.mjs';
import { createOrganisation } from './programme.mjs';
import { comparison, fixed, inTurn, median, printComparison, range, summary } from './rounds.mjs';
import { must, startProgram, startServer } from './server.mjs';
import { runningWindow } from './stream.mjs';

export const summaryLine =
  '`board?around=me` of 100 000 while it moves; rival: Fastify over Redis; at least 1.5';

const LIMIT = 11;
const CONNECTIONS = 32;
const CHANGES_PER_SECOND = 200;
const AT_LEAST = 1.5;

export async function run({ smoke, profile, rounds = smoke ? 1 : 5 }) {
  const redis = await startRedis();
  if (!redis) {
    console.log('There is no redis-server here: nothing to compare with.');
    return { ratio: null, skipped: 'no redis-server' };
  }
  const [members, seconds] = smoke ? [2_000, 1] : [100_000, 4];
  const cluster = await startCluster();
  const closing = [() => redis.stop(), () => cluster.stop()];
  try {
    const organisation = await createOrganisation(cluster, 'ours', members);
    const lookers = organisation.members.filter((_, at) => at % Math.ceil(members / 32) === 0);
    const cookies = await signIn(cluster, { ...organisation, members: lookers });
    const env = { DATABASE_URL: cluster.url('ours') };
    const server = await startServer({ env, flags: cpuProfile(profile) });
    closing.push(() => server.stop());
    const challenge = await launch(server, organisation);
    const rival = await startProgram({
      script: path.join(import.meta.dirname, 'bare-rank.mjs'),
      env: { BENCH_REDIS: redis.path, BENCH_MEMBERS: String(members) },
    });
    closing.push(() => rival.stop());
    let sales = 0;
    const ours = {
      url: server.url,
      cpu: () => ({ server: cpuOf(server.pid), store: cpuOfAll(cluster.pid) }),
      paths: cookies.map(() => `/api/challenges/${challenge}/board?around=me&limit=${LIMIT}`),
      cookies,
      change: (at) => {
        const { email } = organisation.members[(at * 7919) % members];
        const occurredAt = new Date().toISOString();
        const facts = { source: 'bench', externalId: `s${(sales += 1)}`, type: 'deal.won' };
        const activities = [{ ...facts, member: { email }, occurredAt, amount: '100' }];
        const { key } = organisation;
        return must(server, { path: '/api/activities', key, body: { activities } });
      },
    };
    const theirs = {
      url: rival.url,
      cpu: () => ({ server: cpuOf(rival.pid), store: cpuOf(redis.pid) }),
      paths: lookers.map((_, at) => `/around/member-${at * 31}?limit=${LIMIT}`),
      cookies: [],
      change: (at) => must(rival, { path: `/change/member-${(at * 7919) % members}`, body: {} }),
    };
    const measured = await inTurn(
      { ours: () => measure(ours, seconds), rival: () => measure(theirs, seconds) },
      rounds,
    );
    printComparison(measured, 'requests/s');
    const byProcessor = costs(measured);
    await proveRight(server, organisation, challenge, ours);
    console.log('right: the page is that of the whole board');
    return { ...comparison(measured), byProcessor, atLeast: AT_LEAST, members };
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

async function launch(server, { key }) {
  const rules = [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '100' }];
  const body = { name: 'Everybody', ...runningWindow(), rules };
  const { id } = await must(server, { path: '/api/challenges', key, body });
  await must(server, { path: `/api/challenges/${id}/launch`, key, body: {} });
  return id;
}

/** As many requests as will go through, while the board moves. */
async function measure({ url, paths, cookies, cpu, change }, seconds) {
  const took = [];
  let open = true;
  const before = cpu();
  const moving = paced(CHANGES_PER_SECOND, seconds, change);
  const lanes = Array.from({ length: CONNECTIONS }, async (_, lane) => {
    const getter = new Getter(url, cookies[lane % Math.max(cookies.length, 1)]);
    const target = paths[lane % paths.length];
    while (open) {
      const since = performance.now();
      const body = await getter.get(target);
      took.push(performance.now() - since);
      if (body.length < 500) throw new Error(`WRONG: ${body.toString()}`);
    }
    getter.close();
  });
  const since = performance.now();
  setTimeout(() => (open = false), seconds * 1000);
  await Promise.all(lanes);
  const ms = performance.now() - since;
  await moving;
  const after = cpu();
  const spent = (what) => ((after[what] - before[what]) * 1e6) / took.length;
  return { rate: (took.length / ms) * 1000, took, micros: [spent('server'), spent('store')] };
}

/** What a request costs, changes and all: less of a matter of what else the machine does. */
function costs({ ours, rival }) {
  const whole = (results) => results.map(({ micros }) => micros[0] + micros[1]);
  for (const [name, results] of Object.entries({ ours, rival })) {
    const [server, store] = [0, 1].map((at) => median(results.map(({ micros }) => micros[at])));
    const said = `${fixed(server, 0)} in the server, ${fixed(store, 0)} in what it stores in`;
    console.log(`${name.padEnd(6)} µs of processor a request: ${said}`);
  }
  const ratios = whole(rival).map((micros, at) => micros / whole(ours)[at]);
  console.log(`requests by processor time: ratio ${fixed(median(ratios))}  ${range(ratios)}`);
  return summary(ratios, 3);
}

async function proveRight(server, { key }, challenge, { url, paths, cookies }) {
  const getter = new Getter(url, cookies.at(-1));
  const page = JSON.parse((await getter.get(paths.at(-1))).toString());
  getter.close();
  const [first] = page.rows;
  for (let offset = 0; ; offset += 1000) {
    const path = `/api/challenges/${challenge}/board?limit=1000&offset=${offset}`;
    const { rows } = await must(server, { path, key });
    const at = rows.findIndex(({ subject }) => subject.id === first.subject.id);
    if (at >= 0 && at + page.rows.length <= rows.length) {
      const same = JSON.stringify(rows.slice(at, at + page.rows.length));
      if (same !== JSON.stringify(page.rows)) throw new Error('WRONG: a page is not the board');
      if (!page.rows.some(({ subject }) => subject.id === page.view.me)) {
        throw new Error('WRONG: who asks is not on their page');
      }
      return;
    }
    if (at >= 0 || rows.length === 0) return;
  }
}
