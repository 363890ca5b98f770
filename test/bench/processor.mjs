// Processor time of what is measured: it says more than the clock on a busy machine.
import { cpuOf, cpuOfAll } from './crowd.mjs';

/** What the server and the database spend while `work` runs, in ms. */
export async function spending(server, cluster, work) {
  const now = () => ({ server: cpuOf(server.pid), PostgreSQL: cpuOfAll(cluster.pid) });
  const before = now();
  const result = await work();
  const spent = Object.entries(now()).map(([name, s]) => [name, (s - before[name]) * 1000]);
  return { ...result, spent: Object.fromEntries(spent) };
}

/** What a thousand of ours cost. */
export function sayProcessor(rounds) {
  const thousands = rounds.reduce((sum, round) => sum + round.thousands, 0);
  const each = Object.keys(rounds[0].spent).map((name) => {
    const ms = rounds.reduce((sum, { spent }) => sum + spent[name], 0);
    return `${name} ${(ms / thousands).toFixed(0)} ms`;
  });
  return `processor time for 1 000 of ours: ${each.join(', ')}`;
}
