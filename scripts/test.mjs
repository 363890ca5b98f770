// `npm test`: everything; `npm test -- --selectProjects unit house` and any other word of Jest's.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ensureReady } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { runJest } from './jest.mjs';
import { main } from './main.mjs';
import { root, say } from './process.mjs';
import { wantRedis } from './redis.mjs';
import { writeTotals } from './totals.mjs';

await main(async (args) => {
  const journeys = selects(args, 'journey') && journeyFiles().length > 0;
  const database = journeys || selects(args, 'api') || selects(args, 'law');
  await ensureReady({ client: journeys, build: database });
  if (selects(args, 'api')) await wantRedis();
  const chromium = journeys ? await findChromium() : {};
  const leftOut = chromium.reason ? leaveOut(chromium.reason) : [];
  const { code, ...totals } = await runJest([...args, ...leftOut], {
    ...(chromium.path && { CHROMIUM_PATH: chromium.path }),
  });
  writeTotals('test', totals);
  const { passed, failed, skipped } = totals;
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  return code;
});

/** Whether this run includes a project: all of them, unless some are named. */
function selects(args, project) {
  const from = args.indexOf('--selectProjects');
  if (from < 0) return true;
  const rest = args.slice(from + 1);
  const end = rest.findIndex((word) => word.startsWith('-'));
  return rest.slice(0, end < 0 ? undefined : end).includes(project);
}

function journeyFiles() {
  const folder = path.join(root, 'test/journey');
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.spec.ts')) : [];
}

function leaveOut(reason) {
  say(`Left out, for want of a browser: ${journeyFiles().join(', ')}.\n${reason}`);
  return ['--ignoreProjects', 'journey'];
}
