// Boards of those who are remembered are answered past the framework (`http/quick.ts`). Whoever asks
// must not be able to tell: here every question is put in both ways.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { BoardService } from '@palmares/server/board/board.service';
import type { createLogger } from '@palmares/server/platform/logging';
import { LOGGER } from '@palmares/server/platform/platform.module';
import { scopes } from '@palmares/shared/auth/scope';
import { roles } from '@palmares/shared/people/member';
import { SignInService } from '@palmares/server/auth/sign-in.service';
import type { Client } from '../support/client.js';
import { PASSWORD, sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

interface Said {
  status: number | undefined;
  headers: Record<string, unknown>;
  body: string;
}

let server: TestServer;
let house: TestOrganisation;
let other: TestOrganisation;
const clients: Record<string, Client> = {};
const boards: Record<string, string> = {};
const usual = jest.fn<() => void>();

/** Word for word, so that nothing of it is tidied up on the way. */
async function ask(client: Client, path: string, more: object = {}, method = 'GET'): Promise<Said> {
  const { token, browser } = client;
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(browser ? { cookie: browser.cookie } : {}),
    ...more,
  };
  const { port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const request = http.request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => {
        const { statusCode: status } = response;
        resolve({ status, headers: response.headers, body: Buffer.concat(chunks).toString() });
      });
    });
    request.once('error', reject);
    request.end();
  });
}

const told = ({ status, headers, body }: Said) => {
  const { date: _date, 'x-request-id': id, ...rest } = headers;
  expect(id).toBeTruthy();
  // A problem names the request that it is of.
  return { status, headers: rest, body: body.replaceAll(String(id), 'id') };
};

/** Puts a question until it is remembered who asks, then in both ways; what both were told. */
async function inBoth(client: Client, path: string, more: object = {}, method = 'GET') {
  await ask(client, path, more, method);
  usual.mockClear();
  const quick = await ask(client, path, more, method);
  const ways = usual.mock.calls.length;
  const slow = await ask(client, path, { ...more, 'x-request-id': randomUUID() }, method);
  expect(told(quick)).toEqual(told(slow));
  return { ...quick, past: quick.status === 200 && ways === 0 };
}

const boardOf = (name: string, query = '') => `/api/challenges/${boards[name]}/board${query}`;

async function makeCallers(): Promise<void> {
  clients['nobody'] = server.client();
  clients['a stranger'] = server.client('pal_key_0123_x');
  for (const scope of scopes) clients[`key:${scope}`] = server.client(await house.key(scope));
  for (const role of roles) clients[role] = await house.signIn(role, { name: `one ${role}` });
  clients['zoe'] = await house.enter(house.members['zoe'] ?? '');
  await server.app.get(SignInService).appoint('operator@example.com', PASSWORD);
  const entered = { email: 'operator@example.com', password: PASSWORD };
  clients['operator'] = server
    .client()
    .signedIn(await server.client().post('/api/session', entered));
  clients['another key'] = other.admin;
  clients['another admin'] = await other.signIn('admin');
  for (const name of ['audience', 'own-only']) {
    const { token } = await house.boardLink(boards[name] ?? '');
    clients[`the link of ${name}`] = server.client(token);
    clients[`a forged link of ${name}`] = server.client(token.replace(/.{4}$/, 'AAAA'));
  }
}

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['ali', 'léa', 'noé', 'Łucja', 'max', 'tom', 'ugo']);
  await house.member('zoe', { email: 'zoe@example.com' });
  await house.team('Nord', ['ali', 'léa', 'zoe']);
  other = await server.organisation(['eve']);
  for (const visibility of ['audience', 'top-and-neighbours', 'own-only'] as const) {
    boards[visibility] = await house.challenge({ visibility });
  }
  boards['teams'] = await house.challenge({
    audience: { kind: 'teams', by: 'sum' },
    visibility: 'teams-only',
  });
  boards['a draft'] = await house.draft();
  boards['of another organisation'] = await other.challenge();
  boards['nothing'] = '01890000-0000-7000-8000-000000000000';
  await house.record(...['ali', 'zoe', 'Łucja'].map((name, at) => sale(name, 10 + at)));
  await makeCallers();
  const service = server.app.get(BoardService);
  const answer = service.board.bind(service);
  jest.spyOn(service, 'board').mockImplementation((...of) => {
    usual();
    return answer(...of);
  });
});
afterAll(() => server.close());

describe('past the framework as in the usual way', () => {
  it.each([
    'audience',
    'top-and-neighbours',
    'own-only',
    'teams',
    'a draft',
    'of another organisation',
    'nothing',
  ])('everybody is answered the same: %s', async (name) => {
    const past = [];
    for (const [who, client] of Object.entries(clients)) {
      for (const query of ['', '?around=me&limit=3', '?limit=2&offset=1']) {
        const answer = await inBoth(client, boardOf(name, query));
        if (answer.past) past.push(who);
      }
    }
    // Those who are let in are answered past the framework, and nobody else.
    const inside = ['key:read', 'key:admin', ...roles, 'zoe'];
    const links = [`the link of ${name}`].filter((who) => who in clients);
    const reps = ['rep', 'zoe'];
    const readers = name === 'a draft' ? inside.filter((who) => !reps.includes(who)) : inside;
    const seen = name === 'nothing' ? [] : [...readers, ...links];
    const wanted = name === 'of another organisation' ? ['another key', 'another admin'] : seen;
    expect([...new Set(past)].toSorted()).toEqual(wanted.toSorted());
  });

  it.each([
    '?',
    '?limit=0',
    '?limit=1001',
    '?limit=',
    '?limit=+5',
    '?limit=%35',
    '?limit=5%',
    '?limit=%zz',
    '?limit=1e1',
    '?limit=0x5',
    '?limit=2.5',
    '?limit=5&limit=6',
    '?limit=5&&offset=1',
    '?limit=5&offset',
    '?limit=5;offset=1',
    '?limit[]=5',
    '?LIMIT=5',
    '?limit=5&unknown=1',
    '?__proto__=1',
    '?around=me&around=me',
    '?around=you',
    '?%61round=me',
    '?offset=1000000',
    '?offset=-1',
    '?asOf=1',
    '?asOf=2026-03-15T12:00:00Z',
    '?asOf=never',
    '?limit=5#x',
    '/',
    '//',
    '.',
    '/x',
    '%2F',
  ])('a question that is not quite usual is answered the same: board%s', async (query) => {
    for (const who of ['key:admin', 'zoe', 'nobody']) {
      await inBoth(clients[who] ?? server.client(), boardOf('audience', query));
    }
  });

  it('an address is read the same', async () => {
    const client = clients['zoe'] ?? server.client();
    const id = boards['audience'] ?? '';
    for (const path of [
      `/api/challenges/${id.toUpperCase()}/board`,
      `/API/challenges/${id}/board`,
      `//api/challenges/${id}/board`,
      `/api//challenges/${id}/board`,
      `/api/challenges/${id}/Board`,
      `/api/challenges/${id}x/board`,
      `/api/challenges/%30${id.slice(1)}/board`,
      `${server.url}/api/challenges/${id}/board`,
    ]) {
      await inBoth(client, path);
    }
  });

  it.each(['HEAD', 'OPTIONS', 'DELETE', 'POST'])('another method is: %s', async (method) => {
    for (const who of ['key:admin', 'zoe', 'nobody']) {
      await inBoth(clients[who] ?? server.client(), boardOf('audience'), {}, method);
    }
  });

  it('what a reader has already is not sent again', async () => {
    const client = clients['zoe'] ?? server.client();
    const { headers, past } = await inBoth(client, boardOf('audience'));
    expect(past).toBe(true);
    const etag = String(headers['etag']);
    const again = await inBoth(client, boardOf('audience'), { 'if-none-match': etag });
    expect([again.status, again.body]).toEqual([304, '']);
    for (const asked of ['*', `W/${etag}`, `"x", ${etag}`, '"x"', '']) {
      await inBoth(client, boardOf('audience'), { 'if-none-match': asked });
    }
    // Everybody has their own: a page says who asks.
    const another = await inBoth(clients['rep'] ?? client, boardOf('audience'), {
      'if-none-match': etag,
    });
    expect(another.status).toBe(200);
    await house.record(sale('zoe', 5));
    const changed = await inBoth(client, boardOf('audience'), { 'if-none-match': etag });
    expect(changed.status).toBe(200);
  });

  it('what says who asks is read the same', async () => {
    const key = clients['key:admin']?.token ?? '';
    const cookie = clients['zoe']?.browser?.cookie ?? '';
    const link = clients['the link of own-only']?.token ?? '';
    const nobody = server.client();
    for (const headers of [
      { authorization: `bearer ${key}` },
      { authorization: `Bearer  ${key}` },
      { authorization: `Bearer ${key} ` },
      { authorization: `Bearer ${key} x` },
      { authorization: key },
      { authorization: 'Basic eDp5' },
      { authorization: 'Basic eDp5', cookie },
      // A token means it, whatever cookie comes along.
      { authorization: 'Bearer x', cookie },
      { authorization: `Bearer ${link}`, cookie },
      { authorization: `Bearer ${key}`, cookie },
      { cookie: `a=b; ${cookie}; c=d` },
      { cookie: `${cookie}; ${cookie}x` },
      { cookie: `x${cookie}` },
      { cookie: cookie.replace('=', '="').concat('"') },
      { cookie, 'x-forwarded-proto': 'https' },
      { cookie: cookie.replace('palmares_session', '__Host-palmares') },
      ...['https', 'http', 'https, http', 'http,https', 'httpsx'].map((proto) => {
        const secure = cookie.replace('palmares_session', '__Host-palmares');
        return { cookie: secure, 'x-forwarded-proto': proto };
      }),
      { cookie, 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' },
      { cookie, accept: 'text/html', 'accept-encoding': 'gzip, br' },
    ]) {
      await inBoth(nobody, boardOf('audience'), headers);
    }
  });
});

describe('whoever is not let in any more', () => {
  const path = () => boardOf('audience');

  /** Known a moment ago, refused in the moment after. */
  async function refusedAtOnce(client: Client, change: () => Promise<unknown>): Promise<void> {
    expect(await inBoth(client, path())).toMatchObject({ status: 200, past: true });
    await change();
    expect((await ask(client, path())).status).toBe(401);
    expect((await inBoth(client, path())).status).toBe(401);
  }

  it('is refused at once: a session that has ended', async () => {
    const client = await house.signIn('rep');
    await refusedAtOnce(client, () => client.delete('/api/session'));
  });

  it('is refused at once: a key that was revoked', async () => {
    const made = await house.admin.post<{ id: string; key: string }>('/api/keys', {
      name: 'x',
      scopes: ['read'],
    });
    await refusedAtOnce(server.client(made.body.key), () =>
      house.admin.delete(`/api/keys/${made.body.id}`),
    );
  });

  it('is refused at once: a link that was revoked', async () => {
    const { id, token } = await house.boardLink(boards['audience'] ?? '');
    await refusedAtOnce(server.client(token), () => house.admin.delete(`/api/board-links/${id}`));
  });

  it('is refused at once: a member who has left, or may come in no more', async () => {
    const client = await house.signIn('rep', { name: 'leaving' });
    expect(await inBoth(client, path())).toMatchObject({ status: 200, past: true });
    const member = `/api/members/${house.members['leaving']}`;
    const { status } = await house.admin.patch(member, { leftOn: '2026-03-15' });
    expect(status).toBe(200);
    // Still the person that they are, but nobody of this house.
    expect((await ask(client, path())).status).toBe((await inBoth(client, path())).status);
    expect((await ask(client, path())).status).not.toBe(200);
  });
});

describe('an answer past the framework', () => {
  it('is counted', async () => {
    const client = clients['key:admin'] ?? server.client();
    const count = async () => {
      const { body } = await server.client().get<string>('/metrics');
      const line =
        /_count\{method="GET",route="\/api\/challenges\/:id\/board",status="200"\} (\d+)/;
      return Number(line.exec(body)?.[1]);
    };
    await ask(client, boardOf('audience'));
    const before = await count();
    expect((await inBoth(client, boardOf('audience'))).past).toBe(true);
    expect(await count()).toBe(before + 3);
  });

  it('stands in the log like the others', async () => {
    const logger = server.app.get<ReturnType<typeof createLogger>>(LOGGER);
    jest.spyOn(logger, 'isLevelEnabled').mockReturnValue(true);
    const lines = jest.spyOn(logger, 'info').mockReturnValue(undefined);
    const { headers, past } = await inBoth(
      clients['zoe'] ?? house.admin,
      boardOf('audience', '?limit=1'),
    );
    expect(past).toBe(true);
    const line = { reqId: headers['x-request-id'], method: 'GET', status: 200 };
    const ms: unknown = expect.any(Number);
    expect(lines).toHaveBeenCalledWith({ ...line, path: boardOf('audience'), ms }, 'answered');
    jest.restoreAllMocks();
  });
});
