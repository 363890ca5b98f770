// The organisation that is measured: its members, its key, its challenges, made by the front door.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { io } from 'socket.io-client';
import { withClient } from './cluster.mjs';
import { must } from './server.mjs';
import { runningWindow } from './stream.mjs';

const CLI = path.resolve(import.meta.dirname, '../../server/dist/cli.js');
const run = promisify(execFile);

/** A command of the product on one database; its answer. */
export async function command(cluster, database, ...words) {
  const env = { ...process.env, DATABASE_URL: cluster.url(database), LOG_LEVEL: 'error' };
  const { stdout } = await run(process.execPath, [CLI, ...words, '--json'], { env });
  return JSON.parse(stdout);
}

/** An organisation with its salespeople and a key, in a database of its own. */
export async function createOrganisation(cluster, database, memberCount) {
  await cluster.createDatabase(database);
  return addOrganisation(cluster, database, memberCount);
}

/** One more organisation in a database that is there. */
export async function addOrganisation(cluster, database, memberCount) {
  const call = (...words) => command(cluster, database, ...words);
  const { id } = await call('organisation:create', '--name', 'Benchmark');
  const file = path.join(cluster.dir, `${database}.csv`);
  const rows = Array.from({ length: memberCount }, (_, n) => `rep${n}@example.com,Rep ${n}`);
  fs.writeFileSync(file, ['email,name', ...rows].join('\n'));
  const mapping = path.join(cluster.dir, 'members.json');
  const columns = { email: 'email', name: 'name' };
  fs.writeFileSync(mapping, JSON.stringify({ kind: 'members', columns }));
  await call('import', file, '--organisation', id, '--mapping', mapping);
  const { key } = await call('key:create', '--organisation', id, '--scopes', 'admin');
  const members = await withClient(cluster.address(database), async (client) => {
    const found = await client.query(
      'select id, email from member where organisation_id = $1 order by id',
      [id],
    );
    return found.rows;
  });
  return { id, key, members, database };
}

/** What the three challenges score; the last one does not add up from the activities alone. */
const RULES = [
  { kpi: 'revenue', score: '1', per: '100' },
  { kpi: 'revenue', score: '1', per: '100', filters: { channel: ['web'] } },
  { kpi: 'new-customers', score: '1', per: '1' },
];

/** Drafts and launches the challenges of the running window; their ids. */
export async function launchChallenges(server, { key }) {
  const ids = [];
  for (const [index, rule] of RULES.entries()) {
    const rules = [{ type: 'per-unit', ...rule }];
    const body = { name: `Challenge ${index + 1}`, ...runningWindow(), rules };
    const { id } = await must(server, { path: '/api/challenges', key, body });
    await must(server, { path: `/api/challenges/${id}/launch`, key, body: {} });
    ids.push(id);
  }
  return ids;
}

/** Somebody watches each board while it moves; how many frames came, and a way to leave. */
export async function watchBoards(server, { key }, challengeIds) {
  const seen = { frames: 0, rows: 0 };
  const sockets = await Promise.all(
    challengeIds.map(async (id) => {
      const socket = io(server.url, { auth: { key }, transports: ['websocket'], forceNew: true });
      socket.on('board.changed', ({ rows }) => {
        seen.frames += 1;
        seen.rows += rows.length;
      });
      await once(socket, 'connect');
      const answer = await socket.emitWithAck('subscribe', { topic: `board:${id}` });
      if (!answer.ok) throw new Error(`WRONG: nobody may watch: ${JSON.stringify(answer)}`);
      return socket;
    }),
  );
  return { seen, leave: () => sockets.forEach((socket) => socket.disconnect()) };
}

/** Posts activities and insists on the receipt that they must have. */
export async function post(server, organisation, activities) {
  const body = { activities: activities.map(({ input }) => input) };
  const got = await must(server, { path: '/api/activities', key: organisation.key, body });
  for (const name of ['recorded', 'revised', 'unchanged']) {
    const wanted = activities.filter(({ outcome }) => outcome === name).length;
    if (got[name] === wanted) continue;
    throw new Error(`WRONG: ${wanted} should have been ${name}: ${JSON.stringify(got)}`);
  }
}
