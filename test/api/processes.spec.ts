import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { SessionView } from '@palmares/shared/auth/session';
import { io } from 'socket.io-client';
import { Client } from '../support/client.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { connect } from '../support/live.js';
import { PASSWORD } from '../support/organisation.js';
import { cli, spawnServer, type ServerProcess } from '../support/process.js';

let database: TestDatabase;
let one: ServerProcess;
let other: ServerProcess;
let organisation: string;

beforeAll(async () => {
  database = await createDatabase();
  const env = { DATABASE_URL: database.url };
  organisation = (await cli<{ id: string }>(env, 'organisation:create', '--name', 'Nord')).id;
  const eva = ['--email', 'eva@example.com', '--name', 'Eva', '--roles', 'admin'];
  const owner = ['--organisation', organisation, '--password', PASSWORD];
  await cli(env, 'member:create', ...owner, ...eva);
  [one, other] = await Promise.all([spawnServer(env), spawnServer(env)]);
});
afterAll(async () => {
  await Promise.all([one.end('SIGTERM'), other.end('SIGTERM')]);
  await database.drop();
});

const signIn = (at: ServerProcess, email: string, password: string) =>
  new Client(at.url).post<SessionView>('/api/session', { email, password });
/** The same browser, whose next request another process answers. */
const at = (place: ServerProcess, { browser }: Client) => new Client(place.url, undefined, browser);

describe('two processes', () => {
  it('know the same sessions, and forget them together', async () => {
    const eva = new Client(one.url).signedIn(await signIn(one, 'eva@example.com', PASSWORD));
    expect((await at(other, eva).get('/api/challenges')).status).toBe(200);
    const socket = io(other.url, {
      extraHeaders: { cookie: eva.browser?.cookie ?? '' },
      transports: ['websocket'],
      autoConnect: false,
    });
    expect(await connect(socket)).toBeUndefined();
    const gone = once(socket as never, 'disconnect');
    expect((await eva.delete('/api/session')).status).toBe(204);
    await gone;
    expect((await at(other, eva).get('/api/challenges')).status).toBe(401);
    socket.disconnect();
  });

  it('count together who guesses a password', async () => {
    const guess = async (place: ServerProcess) =>
      (await signIn(place, 'nobody@example.com', 'wrong')).status;
    const statuses = await Promise.all(
      Array.from({ length: 14 }, (_try, index) => guess(index % 2 ? one : other)),
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
  });

  it('write into their logs who came and was refused, and no secret', async () => {
    const entered = await signIn(one, 'eva@example.com', PASSWORD);
    const eva = new Client(one.url).signedIn(entered);
    const id = entered.body.current?.member.id;
    const token = 'a-token-that-must-not-be-logged';
    const lost = [
      `/api/invitations/${token}`,
      `/api/invitations/${token}/x`,
      `//api/setup/${token}`,
      `/api/Invitations/${token}`,
      `/invitation/${token}`,
      `/${encodeURIComponent(`#${token}`)}`,
      `/api/session?token=${token}`,
    ];
    for (const path of lost) {
      for (const method of ['GET', 'POST', 'DELETE']) await new Client(one.url).send(method, path);
    }
    const { status } = await eva.get('/api/ledger/check');
    expect(status).toBe(403);
    await eva.delete('/api/session');
    const { stdout } = await one.end('SIGTERM');
    const address = '127.0.0.1';
    const lines = stdout.split('\n').map((line) => JSON.parse(line || '{}') as object);
    const person = { personId: entered.body.person.id };
    const seal = expect.stringMatching(/^[\da-f]{16}$/);
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ door: 'password-wrong', address, email: seal }),
        expect.objectContaining({ door: 'too-many-tries', address, email: seal }),
        expect.objectContaining({ door: 'signed-in', address, ...person }),
        expect.objectContaining({ door: 'signed-out', ...person }),
        expect.objectContaining({
          path: '/api/ledger/check',
          status: 403,
          address,
          actor: `member:${id}`,
        }),
      ]),
    );
    expect(stdout).not.toContain('@example.com');
    expect(stdout).toContain('/api/invitations/…');
    expect(stdout).not.toContain(token);
    expect(stdout).not.toContain(PASSWORD);
    expect(stdout).not.toContain(eva.browser?.cookie.split('=')[1]);
  });
});
