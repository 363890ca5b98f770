// Packages, when what is asked for is not what is there. Needs only Node and npm.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { root, run, say, seconds } from './process.mjs';

const PNPM = 'pnpm@12.21.0';
const mark = path.join(root, 'node_modules/.installed');
const packages = ['shared', 'server', 'client', 'test'];

const wanted = () =>
  fingerprint(
    ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].concat(
      packages.map((name) => `${name}/package.json`),
    ),
    `${process.platform}-${process.arch}`,
  );

const installed = () =>
  packages.every((name) => existsSync(path.join(root, name, 'node_modules'))) &&
  existsSync(mark) &&
  readFileSync(mark, 'utf8');

export async function ensureInstalled() {
  if (!supported(process.versions.node)) {
    throw new Error(`Palmarès needs Node 20.19 or newer, this is ${process.version}.`);
  }
  const word = wanted();
  if (installed() === word) return;
  const since = performance.now();
  say('Installing packages (half a minute on a fresh machine)…');
  // Without a terminal pnpm would write a line a package; then we speak only if it fails.
  const { code, output } = await run(
    process.platform === 'win32' ? 'npx.cmd' : 'npx',
    ['--yes', PNPM, 'install', '--frozen-lockfile', '--config.confirm-modules-purge=false'],
    { show: process.stderr.isTTY, env: { npm_config_update_notifier: 'false' } },
  );
  if (code !== 0) throw new Error(`The packages could not be installed.\n${output}`);
  writeFileSync(mark, word);
  say(`Packages installed in ${seconds(since)}.`);
}

function supported(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}
