import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IssuedInvitation, SessionView } from '@palmares/shared/auth/session';
import { Site } from '@palmares/server/http/site';
import { ConfigError, readConfig } from '@palmares/server/platform/config';
import { connect } from '../support/live.js';
import { PASSWORD, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

const EMAIL = 'zoe@example.com';

const signIn = (server: TestServer, headers: Record<string, string>, password = PASSWORD) =>
  server.client().raw<SessionView>('/api/session', {
    method: 'POST',
    body: JSON.stringify({ email: EMAIL, password }),
    headers: { 'content-type': 'application/json', ...headers },
  });
const sessionCookie = (headers: Headers) => headers.getSetCookie()[0] ?? '';

async function houseOf(server: TestServer): Promise<TestOrganisation> {
  const house = await server.organisation();
  const id = await house.member('zoe', { email: EMAIL });
  const { body } = await house.admin.post<IssuedInvitation>(`/api/members/${id}/invitation`);
  const given = { token: body.token, password: PASSWORD };
  expect((await server.client().post('/api/invitations', given)).status).toBe(200);
  return house;
}

const invitationTo = async (house: TestOrganisation, headers: Record<string, string>) => {
  const id = await house.member(`m${Math.random()}`, { email: `m${Math.random()}@example.com` });
  const path = `/api/members/${id}/invitation`;
  return (await house.admin.post<IssuedInvitation>(path, undefined, headers)).body.url;
};

describe('a server that is told its public address', () => {
  let server: TestServer;
  let house: TestOrganisation;
  beforeAll(async () => {
    // The proxy is not named, as in a container that nobody has looked at.
    server = await startServer({
      PUBLIC_URL: 'https://palmares.example/',
      TRUST_PROXY: '10.255.255.1',
    });
    house = await houseOf(server);
  });
  afterAll(() => server.close());

  it('keeps cookies to TLS, for requests, boards and sockets alike', async () => {
    const { headers, body } = await signIn(server, {});
    const set = sessionCookie(headers);
    expect(set).toMatch(/^__Host-palmares=[\w-]{43}; .*Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    const cookie = set.split(';')[0] ?? '';
    const again = await server.client().raw<SessionView>('/api/session', { headers: { cookie } });
    expect(again.body.csrf).toBe(body.csrf);
    expect(await connect(server.socket({}, { cookie }))).toBeUndefined();
  });

  it('makes links to it, whatever a request calls the server', async () => {
    const evil = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
    expect(await invitationTo(house, evil)).toMatch(/^https:\/\/palmares\.example\/invitation#/);
  });

  it('takes writes of its own pages only', async () => {
    expect((await signIn(server, { origin: 'https://palmares.example' })).status).toBe(200);
    for (const origin of [server.url, 'http://palmares.example', 'https://evil.example']) {
      expect([origin, (await signIn(server, { origin })).status]).toEqual([origin, 403]);
    }
  });

  it.each(['palmares.example', 'ftp://x.example', 'https://x.example/board', 'https://x/?a=b'])(
    'cannot be called %s',
    (PUBLIC_URL) => {
      expect(() => readConfig({ PUBLIC_URL })).toThrow(ConfigError);
    },
  );
});

describe('a server behind a proxy that nobody has named', () => {
  let server: TestServer;
  let house: TestOrganisation;
  beforeAll(async () => {
    server = await startServer({ TRUST_PROXY: '10.255.255.1' });
    house = await houseOf(server);
  });
  afterAll(() => server.close());

  it('is not shut to everybody by one who guesses', async () => {
    await server.sql('delete from throttle');
    const from = (n: number) => ({ 'x-forwarded-for': `203.0.113.${n}` });
    const guesses = Array.from({ length: 60 }, (_one, n) => signIn(server, from(n), 'wrong'));
    expect((await Promise.all(guesses)).map(({ status }) => status)).not.toContain(429);
    const one = Array.from({ length: 60 }, () => signIn(server, from(99), 'wrong'));
    expect((await Promise.all(one)).filter(({ status }) => status === 429)).toHaveLength(50);
    expect((await signIn(server, from(100))).status).toBe(200);
  });

  it('believes it nothing else, and the socket no more than the page', async () => {
    await server.sql('delete from throttle');
    const tls = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' };
    const { headers } = await signIn(server, tls);
    expect(sessionCookie(headers)).toMatch(/^palmares_session=/);
    expect(headers.get('strict-transport-security')).toBeNull();
    const cookie = sessionCookie(headers).split(';')[0] ?? '';
    expect(await connect(server.socket({}, { cookie, ...tls }))).toBeUndefined();
    expect(await invitationTo(house, tls)).toMatch(`${server.url}/invitation#`);
  });
});

it('a link never begins with what X-Forwarded-Host says, not even from a trusted proxy', async () => {
  const server = await startServer();
  try {
    const house = await server.organisation();
    const evil = { 'x-forwarded-host': 'evil.example' };
    expect(await invitationTo(house, evil)).toMatch(`${server.url}/invitation#`);
  } finally {
    await server.close();
  }
});

it('the log says once that a proxy is not named', async () => {
  const warned: unknown[] = [];
  const logger = { warn: (...line: unknown[]) => warned.push(line) };
  const site = new Site(readConfig({ TRUST_PROXY: '10.255.255.1' }), logger as never);
  let hook: (request: object, reply: object, done: () => void) => void = () => {};
  site.watch({ addHook: (_name: string, given: typeof hook) => (hook = given) } as never);
  const come = (remoteAddress: string, headers: object) =>
    hook({ raw: { headers, socket: { remoteAddress } } }, {}, () => {});
  come('172.18.0.1', {});
  come('10.255.255.1', { 'x-forwarded-for': '203.0.113.1' });
  expect(warned).toEqual([]);
  for (let time = 0; time < 3; time++) come('172.18.0.1', { 'x-forwarded-proto': 'https' });
  expect(warned).toEqual([[{ address: '172.18.0.1' }, expect.stringContaining('TRUST_PROXY')]]);
});
