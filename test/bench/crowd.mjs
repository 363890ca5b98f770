// Many who look at once: sockets and requests that cost little themselves, so that servers are measured.
import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { withClient } from './cluster.mjs';

const ofSockets = createRequire(import.meta.resolve('socket.io-client'));
const WebSocket = createRequire(ofSockets.resolve('engine.io-client'))('ws');

const statOf = (pid) => fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
const seconds = (fields, from, to) =>
  fields.slice(from, to).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;

/** Seconds of processor time that a process has had so far. */
export const cpuOf = (pid) => seconds(statOf(pid), 11, 13);

/** The same of a process and all that it has started, also of those that are no more. */
export function cpuOfAll(pid) {
  let sum = seconds(statOf(pid), 11, 15);
  for (const other of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = statOf(other);
      if (Number(fields[1]) === pid) sum += seconds(fields, 11, 13);
    } catch {
      // It has ended meanwhile.
    }
  }
  return sum;
}

/** Cookies of members who are signed in, as if they had come by the front door. */
export async function signIn(cluster, { database, id, members }) {
  return withClient(cluster.address(database), async (client) => {
    const cookies = [];
    for (const member of members) {
      const [token, person] = [randomBytes(32).toString('base64url'), randomUUID()];
      const text = `bench-${person}@example.com`;
      await client.query('insert into person (id, email, created_at) values ($1, $2, now())', [
        person,
        text,
      ]);
      await client.query(
        'update member set person_id = $1 where organisation_id = $2 and id = $3',
        [person, id, member.id],
      );
      await client.query(
        `insert into session (token_hash, csrf, person_id, organisation_id, signed_in_at, seen_at)
         values ($1, 'x', $2, $3, now(), now())`,
        [createHash('sha256').update(token).digest(), person, id],
      );
      cookies.push(`palmares_session=${token}`);
    }
    return cookies;
  });
}

/** A socket that speaks as little of socket.io as it needs; `hear` gets the text of each event. */
export async function attend(url, { auth = {}, cookie, topic, hear }) {
  const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(address, { headers: cookie ? { cookie } : {} });
  await new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.on('message', (raw) => {
      // Most of what comes is events; their text is made only where somebody wants it.
      if (raw[0] === 0x34 && raw[1] === 0x32) return hear(raw);
      const text = raw.toString();
      if (text[0] === '2') socket.send('3');
      else if (text[0] === '0') socket.send(`40${JSON.stringify(auth)}`);
      else if (text.startsWith('40') && topic) {
        socket.send(`420["subscribe",${JSON.stringify({ topic })}]`);
      } else if (text.startsWith('40')) resolve();
      else if (text.startsWith('43')) {
        if (text.includes('"ok":true')) resolve();
        else reject(new Error(`WRONG: nobody may watch: ${text}`));
      } else if (text.startsWith('44')) reject(new Error(`WRONG: not let in: ${text}`));
    });
  });
  return socket;
}

/** What an event says. */
export const eventOf = (raw) => JSON.parse(raw.toString().slice(2));

/** Gets paths one after another on one connection, and looks at no more than how long they are. */
export class Getter {
  constructor(url, cookie) {
    const { hostname, port } = new URL(url);
    this.head = `Host: ${hostname}\r\n${cookie ? `Cookie: ${cookie}\r\n` : ''}`;
    this.socket = net.connect(Number(port), hostname);
    this.socket.setNoDelay(true);
    this.seen = Buffer.alloc(0);
    this.socket.on('data', (chunk) => this.read(chunk));
  }

  get(target) {
    return new Promise((resolve, reject) => {
      this.done = { resolve, reject };
      this.socket.write(`GET ${target} HTTP/1.1\r\n${this.head}\r\n`);
    });
  }

  read(chunk) {
    this.seen = this.seen.length === 0 ? chunk : Buffer.concat([this.seen, chunk]);
    const end = this.seen.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.seen.toString('latin1', 0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.seen.length < end + 4 + length) return;
    const body = this.seen.subarray(end + 4, end + 4 + length);
    this.seen = Buffer.alloc(0);
    if (head.startsWith('HTTP/1.1 200')) this.done.resolve(body);
    else this.done.reject(new Error(`WRONG: ${head.split('\r\n')[0]} ${body.toString()}`));
  }

  close() {
    this.socket.destroy();
  }
}

/** A Redis that keeps nothing; undefined where there is none to start. */
export async function startRedis() {
  const folders = ['/usr/bin', '/usr/local/bin', ...(process.env.PATH ?? '').split(':')];
  const program = folders
    .map((one) => path.join(one, 'redis-server'))
    .find((one) => fs.existsSync(one));
  if (!program) return undefined;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-redis-'));
  const at = path.join(folder, 'socket');
  const options = ['--port', '0', '--unixsocket', at, '--save', '', '--dir', folder];
  const child = spawn(program, options, { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (let tries = 0; !fs.existsSync(at); tries++) {
    if (tries > 200) throw new Error('Redis did not start');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { path: at, pid: child.pid, stop };
}

/** Does something so many times a second for some seconds; each may take as long as it likes. */
export async function paced(perSecond, seconds, work) {
  const since = performance.now();
  const all = [];
  const count = Math.round(perSecond * seconds);
  for (let at = 0; at < count; at++) {
    const wait = since + (at * 1000) / perSecond - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    all.push(work(at));
  }
  await Promise.all(all);
  return count;
}
