// `npm run dev`: tsc and vite watch, the server restarts when its output changes.
import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import path from 'node:path';
import { ensureReady } from './build.mjs';
import { root, say, tool } from './process.mjs';

const SETTLE_MS = 200;
// A shell on a pipe outlives nobody: when our end closes, however we died, it ends its whole group,
// because tsc is a wrapper that would leave the compiler proper behind.
const LEASH = '"$0" "$@" </dev/null 3<&- & p=$!; (cat >/dev/null; kill -TERM -$$) <&3 & wait $p';

const leashed = (command, args, cwd = root) =>
  spawn('/bin/sh', ['-c', LEASH, command, ...args], {
    cwd,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });

function startServer() {
  return spawn(process.execPath, ['--enable-source-maps', 'server/dist/main.js'], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, DATA_DIR: process.env.DATA_DIR ?? path.join(root, '.data') },
  });
}

let server;
let restarting = false;
let timer;

async function restart() {
  if (restarting) return later();
  restarting = true;
  if (server && server.exitCode === null && server.signalCode === null) {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await gone;
  }
  if (existsSync(path.join(root, 'server/dist/main.js'))) server = startServer();
  restarting = false;
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(() => void restart(), SETTLE_MS);
}

// A tree that does not compile yet is the ordinary state while developing: tsc says where.
await ensureReady({ client: false }).catch((error) => say(error.message));
const tools = [leashed(tool('tsc'), ['-b', 'server', '-w', '--preserveWatchOutput'])];
if (existsSync(path.join(root, 'client/index.html'))) {
  tools.push(leashed(tool('vite', 'client'), [], path.join(root, 'client')));
}
for (const name of ['shared', 'server']) {
  const dist = path.join(root, name, 'dist');
  if (existsSync(dist))
    watch(dist, { recursive: true }, (_, file) => file?.endsWith('.js') && later());
}
await restart();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    for (const child of tools) child.stdio[3].end();
    server?.once('exit', () => process.exit(0));
    if (!server?.kill('SIGTERM')) process.exit(0);
  });
}
