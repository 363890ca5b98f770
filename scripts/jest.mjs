// Starts Jest as ES modules, far from UTC, and reads what it counted.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './process.mjs';

const FLAGS = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  '--enable-source-maps',
];

/** `{ code, passed, failed, skipped }`; a file that could not even run counts as one failure. */
export async function runJest(args, env = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'palmares-jest-'));
  const report = path.join(folder, 'report.json');
  const jest = path.join(root, 'test/node_modules/jest/bin/jest.js');
  const options = ['--config', path.join(root, 'test/jest.config.mjs'), '--json'];
  try {
    const code = await new Promise((resolve) => {
      const child = spawn(
        process.execPath,
        [...FLAGS, jest, ...options, `--outputFile=${report}`, ...args],
        {
          cwd: root,
          // With a file for the report its copy on stdout is noise; the words are on stderr.
          stdio: ['inherit', 'ignore', 2],
          // Half a day from UTC and with a summer time: a day counted in UTC shows at once.
          env: { ...process.env, TZ: 'Pacific/Auckland', NODE_ENV: 'test', ...env },
        },
      );
      for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
      child.once('exit', (status) => resolve(status ?? 1));
    });
    return { code, ...count(report) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function count(report) {
  try {
    const found = JSON.parse(readFileSync(report, 'utf8'));
    return {
      passed: found.numPassedTests,
      failed: found.numFailedTests + found.numRuntimeErrorTestSuites,
      skipped: found.numPendingTests + found.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
