// The organisation that is measured: its members, its key, its challenges, made by the front door.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
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

/** Three measures, so that an activity adds to up to three totals. A score is 1 for each 100. */
const FILTERS = [{}, { channel: ['web'] }, { region: ['north', 'east'] }];

/** Drafts and launches the challenges of the running window. */
export async function launchChallenges(server, { key }) {
  for (const [index, filters] of FILTERS.entries()) {
    const rule = { type: 'per-unit', kpi: 'revenue', score: '1', per: '100', filters };
    const body = { name: `Challenge ${index + 1}`, ...runningWindow(), rules: [rule] };
    const { id } = await must(server, { path: '/api/challenges', key, body });
    await must(server, { path: `/api/challenges/${id}/launch`, key, body: {} });
  }
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
