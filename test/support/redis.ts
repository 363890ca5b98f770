import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface TestRedis {
  url: string;
  stop(): Promise<void>;
}

const FOLDERS = [
  '/usr/bin',
  '/usr/local/bin',
  ...(process.env['PATH'] ?? '').split(path.delimiter),
];

/** Where there is a Redis to start; undefined where there is none. */
export const redisServer = (): string | undefined =>
  FOLDERS.filter(Boolean)
    .map((folder) => path.join(folder, 'redis-server'))
    .find((file) => existsSync(file));

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Its input closes when we end, however that is; and it has nothing of ours that it could keep open. */
const SUPERVISED = `exec 3<&0; (cat <&3; kill $$) >/dev/null 2>&1 & exec "$0" "$@" 3<&- </dev/null`;

/** A Redis of our own, which keeps nothing. */
export async function startRedis(program: string): Promise<TestRedis> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'palmares-redis-'));
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  const child = spawn('/bin/sh', ['-c', SUPERVISED, program, ...options], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => undefined);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('Ready to accept connections')) resolve();
    });
    void ended.then(() => reject(new Error('Redis did not start')));
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      child.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
