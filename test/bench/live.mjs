// A board of 500 that two thousand watch in three views, against one broadcast for each change.
import path from 'node:path';
import { apply } from '@palmares/shared/board/apply';
import { startCluster } from './cluster.mjs';
import { attend, cpuOf, cpuOfAll, eventOf, paced, signIn } from './crowd.mjs';
import { cpuProfile } from './profile.mjs';
import { command, createOrganisation } from './programme.mjs';
import { fixed, inTurn, median, percentile, printTable, range, summary } from './rounds.mjs';
import { must, startProgram, startServer } from './server.mjs';
import { runningWindow } from './stream.mjs';

export const summaryLine =
  '2 000 sockets, 3 views, 200 changes a second; rival: a broadcast for each; at most 0.5';

const CHANGES_PER_SECOND = 200;
/** So few that the rival keeps up with them. */
const CALM_PER_SECOND = 10;
const AT_MOST = 0.5;
const P95_MS = 250;
const QUIET_MS = 700;

export async function run({ smoke, profile, rounds = smoke ? 1 : 3 }) {
  const [sockets, seconds, members] = smoke ? [120, 1, 100] : [2_000, 4, 500];
  const cluster = await startCluster();
  const closing = [() => cluster.stop()];
  try {
    const organisation = await createOrganisation(cluster, 'ours', members);
    const env = { DATABASE_URL: cluster.url('ours') };
    const server = await startServer({ env, flags: cpuProfile(profile) });
    closing.push(() => server.stop());
    const challenge = await launch(server, organisation);
    const rival = await startProgram({
      script: path.join(import.meta.dirname, 'bare-broadcast.mjs'),
    });
    closing.push(() => rival.stop());
    const place = { server, organisation, challenge, members };
    const crowd = await ourCrowd(cluster, place, sockets);
    const theirs = await theirCrowd(rival, sockets);
    closing.push(() => [...crowd.sockets, ...theirs.sockets].forEach((one) => one.terminate()));
    const measured = await inTurn(
      { ours: () => measure(crowd, seconds), rival: () => measure(theirs, seconds) },
      rounds,
    );
    const truth = await must(server, {
      path: `/api/challenges/${challenge}/board?limit=1000`,
      key: organisation.key,
    });
    if (JSON.stringify(crowd.board().rows) !== JSON.stringify(truth.rows)) {
      throw new Error('WRONG: by frames it is another board');
    }
    if (crowd.versions().some((version) => version !== truth.version)) {
      throw new Error('WRONG: somebody was not told of the last change');
    }
    console.log('right: the board by frames is the board');
    return report(measured, sockets);
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

async function launch(server, { key }) {
  const rules = [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '100' }];
  const shown = { visibility: 'top-and-neighbours', joiners: 'stay-out' };
  const body = { name: 'Watched', ...runningWindow(), rules, ...shown };
  const { id } = await must(server, { path: '/api/challenges', key, body });
  await must(server, { path: `/api/challenges/${id}/launch`, key, body: {} });
  return id;
}

/** A third by a key, who see everything, a third by a link, the best, a third who see no name. */
async function ourCrowd(cluster, { server, organisation, challenge, members }, count) {
  const { key, id } = organisation;
  const late = ['--organisation', id, '--name', 'Late', '--external-id', 'late'];
  const outsider = await command(cluster, 'ours', 'member:create', ...late);
  const [cookie] = await signIn(cluster, { ...organisation, members: [outsider] });
  const link = await must(server, {
    path: `/api/challenges/${challenge}/board-links`,
    key,
    body: {},
  });
  const holders = [{ auth: { key } }, { auth: { link: link.token } }, { cookie }];
  const topic = `board:${challenge}`;
  const heard = { last: 0, gaps: 0 };
  const waiting = new Map();
  let took = [];
  let board = await must(server, { path: `/api/challenges/${challenge}/board?limit=1000`, key });
  const follow = (raw) => {
    heard.last = performance.now();
    const [, frame] = eventOf(raw);
    const applied = apply(board, frame);
    if (!applied.ok) throw new Error(`WRONG: ${applied.reason}`);
    board = applied.board;
    for (const { subject, score } of frame.rows) {
      const posts = waiting.get(subject.id) ?? [];
      while (posts.length > 0 && posts[0].score <= Number(score)) {
        took.push(performance.now() - posts.shift().at);
      }
    }
  };
  const sockets = [];
  const lastFrames = [];
  for (let at = 0; at < count; at++) {
    const note = (raw) => {
      heard.last = performance.now();
      lastFrames[at] = raw;
    };
    const hear = at === followed(count) ? (raw) => (note(raw), follow(raw)) : note;
    sockets.push(await attend(server.url, { ...holders[at % 3], topic, hear }));
  }
  board = await must(server, { path: `/api/challenges/${challenge}/board?limit=1000`, key });
  let sales = 0;
  const totals = new Map(board.rows.map(({ subject, score }) => [subject.id, Number(score)]));
  return {
    cpu: () => [cpuOf(server.pid), cpuOfAll(cluster.pid)],
    sockets,
    board: () => board,
    versions: () => lastFrames.map((raw) => eventOf(raw)[1].version),
    took: () => took.splice(0),
    change: (at) => {
      const member = organisation.members[(at * 7919) % members];
      const score = (totals.get(member.id) ?? 0) + 1;
      totals.set(member.id, score);
      const posts = waiting.get(member.id) ?? [];
      waiting.set(member.id, posts);
      posts.push({ score, at: performance.now() });
      const occurredAt = new Date().toISOString();
      const facts = { source: 'bench', externalId: `s${(sales += 1)}`, type: 'deal.won' };
      const activities = [{ ...facts, member: { email: member.email }, occurredAt, amount: '100' }];
      return must(server, { path: '/api/activities', key, body: { activities } });
    },
    settled: async () => {
      while ([...waiting.values()].some((posts) => posts.length > 0)) await pause(50);
      while (performance.now() - heard.last < QUIET_MS) await pause(50);
    },
  };
}

async function theirCrowd(rival, count) {
  let took = [];
  let heard = 0;
  let sent = 0;
  const starts = [];
  const sockets = [];
  const hearFirst = (raw) => {
    heard += 1;
    const [, row] = eventOf(raw);
    took.push(performance.now() - starts[row.n]);
  };
  for (let at = 0; at < count; at++) {
    const hear = at === followed(count) ? hearFirst : () => (heard += 1);
    sockets.push(await attend(rival.url, { hear }));
  }
  return {
    cpu: () => [cpuOf(rival.pid), 0],
    sockets,
    took: () => took.splice(0),
    change: (at) => {
      const n = sent++;
      starts[n] = performance.now();
      const subject = { type: 'member', id: `member-${at}`, label: `Rep ${at}` };
      const body = { n, subject, score: String(at), reachedAt: null, reason: null, rank: at };
      return must(rival, { path: '/change', body });
    },
    settled: async () => {
      while (heard < sent * count) await pause(50);
    },
  };
}

/** Whose frames are timed: one who sees all, in the middle of the crowd. */
const followed = (count) => 3 * Math.floor(count / 6);

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** First so calm that both keep up, then as fast as the board is to move. */
async function measure(crowd, seconds) {
  await paced(CALM_PER_SECOND, seconds, crowd.change);
  await crowd.settled();
  const calm = crowd.took();
  const before = crowd.cpu();
  const changes = await paced(CHANGES_PER_SECOND, seconds, crowd.change);
  await crowd.settled();
  const [server, store] = crowd.cpu().map((cpu, at) => (cpu - before[at]) * 1e6);
  const delivered = changes * crowd.sockets.length;
  return { server: server / delivered, store: store / delivered, took: crowd.took(), calm };
}

function report({ ours, rival }, sockets) {
  const p95 = (results, which) =>
    percentile(
      results.flatMap((result) => result[which]),
      95,
    );
  const costs = (results) => results.map(({ server }) => server);
  const ratios = ours.map(({ server }, at) => server / rival[at].server);
  printTable([
    ['', 'µs of processor a delivered change', 'range', 'database', 'p95 ms', 'when calm'],
    ...Object.entries({ ours, rival }).map(([name, results]) => {
      const cost = costs(results);
      const store = fixed(median(results.map((result) => result.store)));
      const delays = ['took', 'calm'].map((which) => fixed(p95(results, which), 0));
      return [name, fixed(median(cost)), range(cost), store, ...delays];
    }),
    ['ratio', fixed(median(ratios)), range(ratios), '', '', ''],
  ]);
  const { median: ratio, min, max } = summary(ratios, 3);
  const beyond = (which) => Math.round(p95(ours, which) - p95(rival, which));
  return {
    ratio,
    range: [min, max],
    atMost: AT_MOST,
    sockets,
    rounds: ours.length,
    p95Ms: Math.round(p95(ours, 'took')),
    beyondMs: beyond('took'),
    beyondCalmMs: beyond('calm'),
    beyondAtMostMs: P95_MS,
  };
}
