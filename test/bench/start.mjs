// How long a second start takes, from the process to the first answer, against a bare Nest server.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fixed, inTurn, median, printTable, range, summary } from './rounds.mjs';
import { MAIN, startProgram } from './server.mjs';

export const summaryLine = 'second start to ready; rival: bare Nest, Fastify, pg and the database';

const CLIENT = path.resolve(import.meta.dirname, '../../client/dist');

export async function run({ smoke, rounds = smoke ? 1 : 11 }) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-bench-'));
  fs.chmodSync(dir, 0o711);
  const pages = fs.existsSync(CLIENT) ? { CLIENT_DIST: CLIENT } : {};
  const programs = {
    ours: { script: MAIN, ready: '/api/health/ready', env: pages },
    rival: { script: path.join(import.meta.dirname, 'bare-nest.mjs') },
  };
  try {
    const contenders = Object.entries(programs).map(([name, program]) => {
      const env = { ...program.env, DATA_DIR: path.join(dir, name) };
      return [
        name,
        async () => {
          const { startMs, stop } = await startProgram({ ...program, env });
          await stop();
          return startMs;
        },
      ];
    });
    // The warm-up is the first start: it makes the database.
    const measured = await inTurn(Object.fromEntries(contenders), rounds);
    const ratios = measured.ours.map((ms, at) => ms / measured.rival[at]);
    printTable([
      ['', 'start ms', 'range'],
      ...Object.entries(measured).map(([name, times]) => [
        name,
        fixed(median(times), 0),
        range(times, (ms) => fixed(ms, 0)),
      ]),
      ['ratio', fixed(median(ratios)), range(ratios)],
    ]);
    const { median: ratio, min, max } = summary(ratios);
    const [oursMs, rivalMs] = [summary(measured.ours, 0), summary(measured.rival, 0)];
    return { ratio, range: [min, max], atMost: 2, rounds, oursMs, rivalMs };
  } finally {
    fs.rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
