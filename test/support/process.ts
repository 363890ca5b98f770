import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const dist = path.resolve(import.meta.dirname, '../../server/dist');

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface ServerProcess {
  pid: number;
  url: string;
  /** What it ended with, once it has. */
  ended: Promise<Ended>;
  /** Says something to it by its channel, and waits for what it answers. */
  ask<Said>(message: string): Promise<Said>;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

const surroundings = (env: Record<string, string>) => ({
  ...process.env,
  NODE_ENV: 'production',
  DATABASE_URL: '',
  CLIENT_DIST: '',
  DEMO: 'off',
  PORT: '0',
  ...env,
});

function start(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
  input?: string,
) {
  const child = spawn(process.execPath, [path.join(dist, script), ...args], {
    env: surroundings(env),
    // A server stops when its channel closes, and so does not outlive the tests, however they end.
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', 'ipc'],
  });
  child.stdin?.end(input);
  const ended = { stdout: '', stderr: '' };
  child.stdout?.on('data', (text) => (ended.stdout += text));
  child.stderr?.on('data', (text) => (ended.stderr += text));
  const end = once(child, 'close').then(([code, signal]) => {
    return { code, signal, ...ended } as Ended;
  });
  return { child, end };
}

/** The address that a server logs when it is ready. */
async function addressOf(child: ChildProcess): Promise<string | undefined> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  for await (const line of lines) {
    const { msg, url } = JSON.parse(line) as { msg: string; url: string };
    if (msg === 'Palmarès is ready') return url;
  }
  return undefined;
}

/** The built server as a process of its own; whoever starts it ends it. */
export async function spawnServer(env: Record<string, string>): Promise<ServerProcess> {
  const { child, end } = start('main.js', [], env);
  const url = await Promise.race([addressOf(child), end.then(() => undefined)]);
  if (url === undefined) throw new Error(`The server did not start: ${(await end).stderr}`);
  return {
    pid: child.pid ?? 0,
    url,
    ended: end,
    ask: async <Said>(message: string) => {
      const answer = once(child, 'message') as Promise<[Said]>;
      child.send(message);
      const gone = end.then(({ stderr }) => Promise.reject(new Error(`It has ended: ${stderr}`)));
      return (await Promise.race([answer, gone]))[0];
    },
    end: async (signal) => {
      child.kill(signal);
      return end;
    },
  };
}

/** Runs the server to its end, as when it cannot start. */
export const runServer = (env: Record<string, string>): Promise<Ended> =>
  start('main.js', [], env).end;

/** Runs a command of the CLI to its end, whatever that is. */
export const endOfCli = (env: Record<string, string>, ...args: string[]): Promise<Ended> =>
  start('cli.js', args, env).end;

/** The same with something piped in. */
export const pipeToCli = (
  env: Record<string, string>,
  input: string,
  ...args: string[]
): Promise<Ended> => start('cli.js', args, env, input).end;

/** Runs a command of the CLI and reads its answer. */
export async function cli<T = Record<string, unknown>>(
  env: Record<string, string>,
  ...args: string[]
): Promise<T> {
  const { code, stdout, stderr } = await endOfCli(env, ...args, '--json');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}
