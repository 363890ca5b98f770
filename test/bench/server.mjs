// Programs that are measured: each a process of its own, ready when it answers.
import { spawn } from 'node:child_process';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
export const MAIN = path.join(root, 'server/dist/main.js');

async function freePort() {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Nothing of the caller's settings reaches a program that is measured. */
const SETTINGS = ['DATABASE_URL', 'DATABASE_POOL', 'DATA_DIR', 'CLIENT_DIST', 'REDIS_URL'];

/** As `npm start` does it; the rivals have the same. */
const AS_STARTED = ['--max-semi-space-size=64'];

/**
 * Starts a Node program that listens on PORT and waits until `ready` answers 200.
 * @returns `startMs` is from the start of the process to that answer
 */
export async function startProgram({ script, env = {}, flags = [], ready = '/ready' }) {
  const port = await freePort();
  const inherited = { ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1' };
  for (const name of SETTINGS) delete inherited[name];
  const since = performance.now();
  const child = spawn(process.execPath, [...AS_STARTED, ...flags, script], {
    cwd: root,
    env: { ...inherited, PORT: String(port), LOG_LEVEL: 'warn', DEMO: 'off', ...env },
    // The channel closes with us, however we end, and the program stops when it does.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let running = true;
  void ended.then(() => (running = false));
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  const send = (request) => request_(agent, port, request);
  while (running) {
    const { status } = await send({ path: ready }).catch(() => ({ status: 0 }));
    if (status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  if (!running) throw new Error(`${path.relative(root, script)} did not start`);
  const startMs = performance.now() - since;
  const stop = async () => {
    agent.destroy();
    child.kill('SIGTERM');
    await ended;
  };
  return { pid: child.pid, url: `http://127.0.0.1:${port}`, startMs, send, stop };
}

/** The Palmarès server itself. */
export const startServer = ({ env, flags }) =>
  startProgram({ script: MAIN, env, flags, ready: '/api/health/ready' });

/** One request on a kept connection; a body is sent as JSON. */
function request_(agent, port, { path: target, body, key }) {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers = {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(payload && { 'content-type': 'application/json', 'content-length': payload.length }),
    };
    const method = payload ? 'POST' : 'GET';
    const options = { agent, host: '127.0.0.1', port, path: target, method, headers };
    const request = http.request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        const json = response.headers['content-type']?.includes('json') ? JSON.parse(text) : text;
        resolve({ status: response.statusCode, answer: json });
      });
    });
    request.once('error', (error) => {
      // A connection that rested was closed as it was taken up again: nobody has read a word.
      const again = request.reusedSocket && error.code === 'ECONNRESET';
      if (again) request_(agent, port, { path: target, body, key }).then(resolve, reject);
      else reject(error);
    });
    request.end(payload);
  });
}

/** The answer of a request that has to succeed. */
export async function must(server, request) {
  const { status, answer } = await server.send(request);
  if (status < 300) return answer;
  throw new Error(`${request.path} answered ${status}: ${JSON.stringify(answer).slice(0, 300)}`);
}

/** Sends posts without an end in mind, at most so many at once; what each took, in ms. */
export async function flow(tasks, inFlight) {
  const took = [];
  let next = 0;
  const worker = async (lane) => {
    while (next < tasks.length) {
      const index = next++;
      const since = performance.now();
      await tasks[index](lane);
      took.push(performance.now() - since);
    }
  };
  const since = performance.now();
  await Promise.all(Array.from({ length: inFlight }, (_, lane) => worker(lane)));
  return { ms: performance.now() - since, took };
}
