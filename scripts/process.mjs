// Where the tree is, and how the scripts start other programs.
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

/** A tool of one of the packages, run with the Node that runs us. */
export const tool = (name, folder = '') => path.join(root, folder, 'node_modules/.bin', name);

/** For people: never on stdout, which belongs to whoever reads a command's answer. */
export const say = (line) => process.stderr.write(`${line}\n`);

export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs a program to its end. Keeps what it said, for when it fails; `show` lets it speak. */
export function run(command, args, { show = false, cwd = root, env } = {}) {
  return new Promise((resolve) => {
    const stdio = show ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd, stdio, env: { ...process.env, ...env } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (d) => (output += d));
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Becomes another Node program, as far as one can: same streams, same signals, same exit code. The
 * channel between us closes even if we are killed without a word; the program stops on 'disconnect'.
 */
export function become(script, args, { flags = [], env, cwd = root } = {}) {
  const child = spawn(process.execPath, [...flags, script, ...args], {
    cwd,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  const watch = stopWithParent(child);
  return new Promise((resolve) => {
    child.once('error', (error) => (say(error.message), resolve(127)));
    child.once('exit', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? 128 + (os.constants.signals[signal] ?? 0));
    });
  });
}

/** npm waits for us; when it is killed nobody does, and the terminal would lose its server. */
function stopWithParent(child) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const parent = process.ppid;
  return setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref();
}
