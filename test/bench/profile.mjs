// `--profile folder`: what each statement costs, seen from the server's side of the connection, and
// what each function costs, seen by V8. Logging slows the run down: its ratio is not a figure.
import fs from 'node:fs';
import path from 'node:path';
import { printTable } from './rounds.mjs';

const PROBE = path.join(import.meta.dirname, 'probe.mjs');
const idle = { env: {}, flags: [], begin: async () => {}, end: async () => {} };

/** Only what each function costs: without logging, so that the run is as it always is, nearly. */
export function cpuProfile(folder) {
  if (!folder) return [];
  fs.mkdirSync(folder, { recursive: true });
  return ['--cpu-prof', `--cpu-prof-dir=${path.resolve(folder)}`];
}

export async function profiler(folder, cluster, database) {
  if (!folder) return idle;
  fs.mkdirSync(folder, { recursive: true });
  await cluster.asOwner(database, async (client) => {
    await client.query(`alter database ${database} set log_min_duration_statement = 0`);
    await client.query(`alter database ${database} set log_parameter_max_length = 0`);
  });
  const log = path.join(cluster.dir, 'pg.log');
  let from = 0;
  return {
    env: { BENCH_PROBE: path.resolve(folder, 'statements.json') },
    flags: ['--cpu-prof', `--cpu-prof-dir=${path.resolve(folder)}`, `--import=${PROBE}`],
    begin: async () => void (from = fs.statSync(log).size),
    end: async (activities) => {
      const text = fs.readFileSync(log).subarray(from).toString();
      const rows = statementCosts(text);
      const thousands = activities / 1000;
      printTable([
        ['in PostgreSQL, ms per 1 000', 'calls', 'parse', 'bind', 'execute', 'sum'],
        ...rows.map(([name, { calls, parse, bind, execute }]) => [
          name,
          (calls / thousands).toFixed(2),
          ...[parse, bind, execute, parse + bind + execute].map((ms) =>
            (ms / thousands).toFixed(2),
          ),
        ]),
      ]);
    },
  };
}

/** Reads `duration: … ms  bind name: text` lines of the server's log. */
function statementCosts(text) {
  const costs = new Map();
  const pattern = /duration: ([\d.]+) ms +(parse|bind|execute|statement)(?: (\S+))?: *(.*)/g;
  for (const [, ms, phase, name, sql] of text.matchAll(pattern)) {
    const label = name && name !== '<unnamed>' ? name : sql.slice(0, 40);
    let cost = costs.get(label);
    if (!cost) costs.set(label, (cost = { calls: 0, parse: 0, bind: 0, execute: 0 }));
    const column = phase === 'statement' ? 'execute' : phase;
    cost[column] += Number(ms);
    if (column === 'execute') cost.calls += 1;
  }
  const sum = ([, cost]) => cost.parse + cost.bind + cost.execute;
  return [...costs].toSorted((a, b) => sum(b) - sum(a));
}
