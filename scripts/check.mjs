// `npm run check`: everything that can be known without running the product.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureReady } from './build.mjs';
import { runJest } from './jest.mjs';
import { main } from './main.mjs';
import { root, run, say, seconds, tool } from './process.mjs';
import { writeTotals } from './totals.mjs';

const client = path.join(root, 'client');

/** @type {[string, () => Promise<{ code: number, output?: string }>][]} */
const checks = [
  ['format', () => run(tool('prettier'), ['--check', '--log-level=warn', '.'])],
  ['lint', () => run(tool('oxlint'), ['--type-aware', '--quiet'])],
  ['types of server and shared', () => run(tool('tsc'), ['-b', 'server'])],
  ['types of the tests', () => run(tool('tsc'), ['-p', 'test'])],
  ['house rules', () => runJest(['--selectProjects', 'house', '--silent'])],
];
if (existsSync(path.join(client, 'tsconfig.json'))) {
  const typecheck = () => run(tool('vue-tsc', 'client'), ['--noEmit'], { cwd: client });
  checks.splice(4, 0, ['types of the client', typecheck]);
}

await main(async () => {
  await ensureReady({ build: false });
  const totals = { passed: 0, failed: 0 };
  for (const [name, check] of checks) {
    const since = performance.now();
    const { code, output = '' } = await check();
    totals[code === 0 ? 'passed' : 'failed'] += 1;
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name} (${seconds(since)})`);
    if (code !== 0) say(output);
  }
  writeTotals('check', totals);
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed === 0 ? 0 : 1;
});
