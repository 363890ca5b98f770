// Loaded before the server when it is profiled: how long each statement keeps a transaction waiting,
// from handing it to the driver to having its rows, so with writing its parameters and reading rows.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const server = createRequire(new URL('../../server/package.json', import.meta.url));
const { Client } = server('pg');
const seen = new Map();

const query = Client.prototype.query;
Client.prototype.query = function (config, ...rest) {
  const since = performance.now();
  const answer = query.call(this, config, ...rest);
  if (typeof answer?.then !== 'function') return answer;
  const text = typeof config === 'string' ? config : config.text;
  const name = config.name ?? text.slice(0, 40);
  const handed = performance.now();
  return answer.then((result) => {
    const now = performance.now();
    const cost = seen.get(name) ?? { calls: 0, ms: 0, handingMs: 0 };
    seen.set(name, cost);
    cost.calls += 1;
    cost.ms += now - since;
    cost.handingMs += handed - since;
    return result;
  });
};

process.on('exit', () => {
  const loop = performance.eventLoopUtilization();
  const statements = Object.fromEntries([...seen].toSorted((a, b) => b[1].ms - a[1].ms));
  fs.writeFileSync(process.env.BENCH_PROBE, JSON.stringify({ loop, statements }, null, 2));
});
