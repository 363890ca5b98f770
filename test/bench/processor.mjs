// Processor time of the programs that are measured: it says more than the clock on a busy machine.
import fs from 'node:fs';

const TICK_MS = 10;

/** Its own time and that of its children that have ended, in ms; 0 where there is no /proc. */
function timeOf(pid) {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [own, system, children, theirSystem] = fields.slice(11, 15).map(Number);
    return { parent: Number(fields[1]), ms: (own + system + children + theirSystem) * TICK_MS };
  } catch {
    return { parent: 0, ms: 0 };
  }
}

/** The process and those that it started. */
export function processorMs(pid) {
  if (!fs.existsSync('/proc/self/stat')) return 0;
  const children = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(timeOf)
    .filter(({ parent }) => parent === pid);
  return children.reduce((sum, { ms }) => sum + ms, timeOf(pid).ms);
}

/** What both spend while `work` runs, in ms. */
export async function spending(pids, work) {
  const before = Object.entries(pids).map(([name, pid]) => [name, processorMs(pid)]);
  const result = await work();
  const spent = before.map(([name, ms]) => [name, processorMs(pids[name]) - ms]);
  return { ...result, spent: Object.fromEntries(spent) };
}

/** What a thousand of ours cost. */
export function sayProcessor(rounds) {
  const thousands = rounds.reduce((sum, round) => sum + round.thousands, 0);
  const names = Object.keys(rounds[0].spent);
  const each = names.map((name) => {
    const ms = rounds.reduce((sum, { spent }) => sum + spent[name], 0);
    return `${name} ${(ms / thousands).toFixed(0)} ms`;
  });
  return `processor time for 1 000 of ours: ${each.join(', ')}`;
}
