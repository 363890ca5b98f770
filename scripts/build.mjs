// Builds what has changed: shared and server by tsc, the client by vite.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { filesBelow, fingerprint } from './fingerprint.mjs';
import { ensureInstalled } from './install.mjs';
import { alone } from './lock.mjs';
import { root, run, say, seconds, tool } from './process.mjs';

const CORE = ['pnpm-lock.yaml', 'tsconfig.base.json', 'shared/src', 'shared/package.json'].concat([
  'shared/tsconfig.json',
]);
const SERVER = [...CORE, 'server/src', 'server/package.json', 'server/tsconfig.json'];
const CLIENT = [...CORE, 'client'];

/** Installs and builds what is missing or stale; `client: false` leaves the browser's part out. */
export function ensureReady({ client = true, build = true } = {}) {
  return alone(async () => {
    await ensureInstalled();
    if (build) await ensureBuilt({ client });
  });
}

async function ensureBuilt({ client }) {
  await unlessSame('server', SERVER, async () => {
    for (const name of ['shared', 'server']) clearStale(name);
    return run(tool('tsc'), ['-b', 'server']);
  });
  if (!client || !existsSync(path.join(root, 'client/index.html'))) return;
  await unlessSame('client', CLIENT, () =>
    run(tool('vite', 'client'), ['build'], {
      cwd: path.join(root, 'client'),
      env: { NODE_ENV: 'production' },
    }),
  );
}

/** The word lies in the folder it speaks of, so that deleting `dist` is asking for a build. */
async function unlessSame(name, sources, build) {
  const mark = path.join(root, name, 'dist/.built');
  const word = fingerprint(sources);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === word) return;
  const since = performance.now();
  const { code, output } = await build();
  if (code !== 0) throw new Error(`The ${name} does not build.\n${output}`);
  writeFileSync(mark, word);
  say(`Built the ${name} in ${seconds(since)}.`);
}

/** tsc never deletes: a file that lost its source would still be found by whoever imports it. */
function clearStale(name) {
  const dist = path.join(root, name, 'dist');
  const wanted = new Set(
    filesBelow(`${name}/src`)
      .filter((file) => /(?<!\.d|\.spec)\.ts$/.test(file))
      .map((file) => path.relative(`${name}/src`, file).slice(0, -'.ts'.length)),
  );
  const there = existsSync(dist) ? readdirSync(dist, { recursive: true }) : [];
  for (const file of there) {
    const stem = file.replace(/(\.d\.ts|\.js)(\.map)?$/, '');
    const full = path.join(dist, file);
    if (stem !== file && !wanted.has(stem) && statSync(full).isFile()) rmSync(full);
  }
  // tsc believes its notes, not the folder: without the output the notes must go.
  const whole = [...wanted].every((stem) => existsSync(path.join(dist, `${stem}.js`)));
  if (!whole) rmSync(path.join(root, name, 'tsconfig.tsbuildinfo'), { force: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureReady().catch((error) => {
    say(error.message);
    process.exitCode = 1;
  });
}
