import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { SessionView } from '@palmares/shared/auth/session';
import { memberInputSchema } from '@palmares/shared/people/member';
import { Door } from '@palmares/server/auth/door';
import { PeopleService } from '@palmares/server/people/people.service';
import type { Answer, Client } from '../support/client.js';
import { connect, subscribe } from '../support/live.js';
import { PASSWORD, type TestOrganisation } from '../support/organisation.js';
import { NOON, startServer, type TestServer } from '../support/server.js';

const EMAIL = 'zoe@example.com';
const DAY = 86_400_000;
/** The clock goes on while a busy machine runs the test. */
const MINUTE = 60_000;

let server: TestServer;
let house: TestOrganisation;
let other: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation([], { name: 'Nord' });
  other = await server.organisation([], { name: 'Sud' });
  await house.signIn('rep', { name: 'zoe', email: EMAIL });
  await house.signIn('manager', { name: 'both', email: 'both@example.com' });
  await other.signIn('rep', { name: 'both', email: 'both@example.com' });
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.travelTo(NOON);
  await server.sql('delete from throttle');
});

const attempt = (email: string, password = PASSWORD, headers: Record<string, string> = {}) =>
  server.client().raw<SessionView>('/api/session', {
    method: 'POST',
    body: JSON.stringify({ email, password }),
    headers: { 'content-type': 'application/json', ...headers },
  });
const signIn = async (email = EMAIL) => server.client().signedIn(await attempt(email));
const session = (client: Client) => client.get<SessionView>('/api/session');
const codeOf = ({ status, body }: Answer<unknown>) => [status, (body as { code?: string }).code];

/** Nothing of what was read before is remembered after a session has ended. */
async function laterBy(ms: number): Promise<void> {
  server.clock.travelTo(new Date(server.clock.now().getTime() + ms));
  const somebody = await signIn();
  await somebody.delete('/api/session');
}

describe('signing in', () => {
  it('opens a session in the only organisation there is', async () => {
    const { status, body } = await attempt('ZOE@example.com');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      person: { email: EMAIL, operator: false },
      organisations: [{ id: house.id, name: 'Nord', roles: ['rep'] }],
      current: {
        organisation: { id: house.id, locale: 'fr', currency: 'EUR', demo: false },
        member: { id: house.members['zoe'], name: 'zoe', email: EMAIL, kind: 'employee' },
      },
    });
  });

  it('puts the secret where no script reads it, and on TLS where no neighbour plants it', async () => {
    const plain = (await attempt(EMAIL)).headers.get('set-cookie');
    expect(plain).toMatch(/^palmares_session=[\w-]{43}; .*HttpOnly; SameSite=Lax$/);
    const tls = await attempt(EMAIL, PASSWORD, { 'x-forwarded-proto': 'https' });
    expect(tls.headers.get('set-cookie')).toMatch(
      /^__Host-palmares=[\w-]{43}; .*Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it('keeps no secret that would open a session', async () => {
    const { browser } = await signIn();
    const token = browser?.cookie.split('=')[1] ?? '';
    const rows = await server.sql<{ text: string }>('select session::text as text from session');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('hex'));
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('says no more of an unknown e-mail than of a wrong password, and takes as long', async () => {
    const quickest = { [EMAIL]: Infinity, 'nobody@example.com': Infinity };
    for (let round = 0; round < 8; round++) {
      for (const email of Object.keys(quickest) as (keyof typeof quickest)[]) {
        const since = performance.now();
        expect(codeOf(await attempt(email, 'wrong'))).toEqual([401, 'wrong-credentials']);
        quickest[email] = Math.min(quickest[email], performance.now() - since);
      }
    }
    expect(quickest['nobody@example.com']).toBeGreaterThan(quickest[EMAIL] / 2);
  });

  it('ends the session that the browser had before', async () => {
    const before = await signIn();
    await attempt(EMAIL, PASSWORD, { cookie: before.browser?.cookie ?? '' });
    expect(codeOf(await session(before))).toEqual([401, 'unauthenticated']);
  });

  it('is slowed down by e-mail, whatever the password, and not for long', async () => {
    const answers = await Promise.all(Array.from({ length: 15 }, () => attempt(EMAIL, 'wrong')));
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(5).fill(429)]);
    const refused = await attempt(EMAIL);
    expect(codeOf(refused)).toEqual([429, 'too-many-requests']);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(1);
    expect((await attempt('both@example.com')).status).toBe(200);
    server.clock.travelTo(new Date(server.clock.now().getTime() + seconds * 1000));
    expect((await attempt(EMAIL)).status).toBe(200);
  });

  it('is slowed down by address, but not for those who know their password', async () => {
    for (let round = 0; round < 5; round++) expect((await attempt(EMAIL)).status).toBe(200);
    const from = (address: string, one: number) =>
      attempt(`n${one}@example.com`, 'x', { 'x-forwarded-for': address });
    // One provider’s customer has all addresses that begin alike.
    for (const first of [0, 25]) {
      const tries = Array.from({ length: 25 }, (_one, at) => first + at).map((one) =>
        from(`2001:db8:1:2::${one.toString(16)}`, one),
      );
      expect((await Promise.all(tries)).map(({ status }) => status)).not.toContain(429);
    }
    const last = await from('2001:0db8:1:2:ffff:1:2:3', 50);
    expect(codeOf(last)).toEqual([429, 'too-many-requests']);
    for (const other of ['2001:db8:1:3::1', '203.0.113.9', '::ffff:203.0.113.10', '::1']) {
      expect([other, (await from(other, 51)).status]).toEqual([other, 401]);
    }
  });

  it.each([{}, { email: 'x', password: 'y' }, { email: EMAIL }, { email: EMAIL, password: 7 }])(
    'with %j is not valid',
    async (body) => {
      expect(codeOf(await server.client().post('/api/session', body))).toEqual([422, 'invalid']);
    },
  );
});

describe('a request by cookie', () => {
  const write = (client: Client, headers: Record<string, string>) =>
    client.raw('/api/session/password', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', ...headers },
    });

  it('that writes proves that our page has sent it', async () => {
    const zoe = await signIn();
    expect(codeOf(await write(zoe, {}))).toEqual([422, 'invalid']);
    const foreign: Record<string, string>[] = [
      { 'x-csrf-token': '' },
      { 'x-csrf-token': 'x'.repeat(43) },
      { 'x-csrf-token': (await signIn()).browser?.csrf ?? '' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
    ];
    for (const headers of foreign) {
      expect([headers, codeOf(await write(zoe, headers))]).toEqual([headers, [403, 'csrf']]);
    }
    expect(codeOf(await write(zoe, { origin: server.url }))).toEqual([422, 'invalid']);
  });

  it('cannot sign anybody in from a page of somebody else', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect(codeOf(await attempt(EMAIL, PASSWORD, headers))).toEqual([403, 'csrf']);
  });

  it('that reads may come from anywhere, and a key needs no proof', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await (await signIn()).raw('/api/session', { headers })).status).toBe(200);
    const body = JSON.stringify({ activities: [] });
    const json = { ...headers, 'content-type': 'application/json' };
    const posted = await house.admin.raw('/api/activities', {
      method: 'POST',
      body,
      headers: json,
    });
    expect(posted.status).toBe(200);
  });
});

describe('a session', () => {
  it('ends when it has not been used for two weeks, and in any case after sixty days', async () => {
    const [idle, busy] = [await signIn(), await signIn()];
    for (let day = 0; day < 60; day += 10) {
      expect([day, (await session(busy)).status]).toEqual([day, 200]);
      await laterBy(10 * DAY - MINUTE);
      if (day === 10) expect(codeOf(await session(idle))).toEqual([401, 'unauthenticated']);
    }
    expect((await session(busy)).status).toBe(200);
    await laterBy(7 * MINUTE);
    expect(codeOf(await session(busy))).toEqual([401, 'unauthenticated']);
  });

  it('writes down its use, but not with every request', async () => {
    const zoe = await signIn();
    const seen = async () => {
      const rows = await server.sql<{ at: Date }>('select max(seen_at) as at from session');
      return rows[0]?.at.getTime() ?? 0;
    };
    const first = await seen();
    await laterBy(3_000_000);
    const between = await seen();
    await session(zoe);
    expect(await seen()).toBe(between);
    await laterBy(3_000_000);
    await session(zoe);
    expect((await seen()) - first).toBeGreaterThanOrEqual(6_000_000);
  });

  it('ends at the sign-out, and its sockets with it', async () => {
    const zoe = await signIn();
    const socket = server.socket({}, { cookie: zoe.browser?.cookie ?? '' });
    expect(await connect(socket)).toBeUndefined();
    const gone = once(socket as never, 'disconnect');
    const answer = await zoe.delete('/api/session');
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([
      204,
      expect.stringMatching(/^palmares_session=; Max-Age=0;/),
    ]);
    await gone;
    expect(codeOf(await session(zoe))).toEqual([401, 'unauthenticated']);
    expect(codeOf(await zoe.get('/api/challenges'))).toEqual([401, 'unauthenticated']);
  });

  it('hears at once what its member has become', async () => {
    const mia = await house.signIn('manager', { name: 'mia', email: 'mia@example.com' });
    expect((await mia.get('/api/sources')).status).toBe(200);
    const socket = server.socket({}, { cookie: mia.browser?.cookie ?? '' });
    await connect(socket);
    const gone = once(socket as never, 'disconnect');
    const save = (more: object) => {
      const member = memberInputSchema.parse({ externalId: 'mia', name: 'mia', ...more });
      return server.app.get(PeopleService).saveMembers(house.id, [member]);
    };
    await save({ email: 'mia@example.com', roles: ['rep'] });
    await gone;
    expect((await mia.get('/api/sources')).status).toBe(403);
    expect((await mia.get('/api/challenges')).status).toBe(200);
    await save({ email: 'mia.other@example.com', roles: ['rep'] });
    expect((await mia.get('/api/challenges')).status).toBe(403);
    expect((await session(mia)).body).toMatchObject({ organisations: [], current: null });
  });
});

describe('somebody who is in two organisations', () => {
  it('picks one, which is proposed first the next time', async () => {
    const first = await signIn('both@example.com');
    expect((await session(first)).body.current).toBeNull();
    expect((await first.get('/api/challenges')).status).toBe(403);
    const answer = await first.put<SessionView>('/api/session/organisation', {
      organisationId: other.id,
    });
    expect(answer.body.current).toMatchObject({ organisation: { name: 'Sud' } });
    const inside = first.signedIn(answer);
    expect((await inside.get('/api/challenges')).status).toBe(200);
    expect(codeOf(await session(first))).toEqual([401, 'unauthenticated']);
    const { body } = await attempt('both@example.com');
    expect(body.organisations.map(({ name }) => name)).toEqual(['Sud', 'Nord']);
    const back = await inside.put<SessionView>('/api/session/organisation', {
      organisationId: house.id,
    });
    expect(back.body.current).toMatchObject({ member: { roles: ['manager'] } });
  });

  it('switches once, however often they click', async () => {
    const first = await signIn('both@example.com');
    const click = () =>
      first.put<SessionView>('/api/session/organisation', { organisationId: house.id });
    const answers = await Promise.all([click(), click(), click()]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401, 401]);
    const won = answers.find(({ status }) => status === 200);
    expect(won && (await session(first.signedIn(won))).status).toBe(200);
  });

  it('cannot enter another, nor one that they have left', async () => {
    const both = await signIn('both@example.com');
    const third = await server.organisation();
    const enter = (id: string) => both.put('/api/session/organisation', { organisationId: id });
    expect(codeOf(await enter(third.id))).toEqual([404, 'not-found']);
    const leave = (day: string | null) =>
      server.sql('update member set left_on = $2 where id = $1', [house.members['both'], day]);
    await leave('2026-03-15');
    expect(codeOf(await enter(house.id))).toEqual([404, 'not-found']);
    expect((await attempt('both@example.com')).body.current).toMatchObject({
      organisation: { name: 'Sud' },
    });
    // The last day is the one before; in Paris it is still that day.
    await leave('2026-03-16');
    expect((await enter(house.id)).status).toBe(200);
    await leave(null);
  });
});

describe('another password', () => {
  it('ends every other session, and this one goes on under a new secret', async () => {
    const sam = await house.signIn('rep', { name: 'sam', email: 'sam@example.com' });
    const [here, elsewhere] = [await signIn('sam@example.com'), await signIn('sam@example.com')];
    const change = (client: Client, current: string, password: string) =>
      client.post('/api/session/password', { current, password });
    expect(codeOf(await change(here, 'wrong', 'tout autre chose'))).toEqual([
      401,
      'wrong-credentials',
    ]);
    expect(codeOf(await change(here, PASSWORD, 'short'))).toEqual([422, 'invalid']);
    const changed = await change(here, PASSWORD, 'tout autre chose');
    expect(changed.status).toBe(204);
    for (const client of [sam, here, elsewhere]) expect((await session(client)).status).toBe(401);
    const cookie = changed.headers.get('set-cookie')?.split(';')[0] ?? '';
    const again = await server.client().raw<SessionView>('/api/session', { headers: { cookie } });
    expect(again.body).toMatchObject({
      csrf: here.browser?.csrf,
      person: { email: 'sam@example.com' },
    });
    expect(codeOf(await attempt('sam@example.com'))).toEqual([401, 'wrong-credentials']);
    expect((await attempt('sam@example.com', 'tout autre chose')).status).toBe(200);
  });
});

describe('a socket by cookie', () => {
  it('is not let in from the page of somebody else', async () => {
    const { browser } = await signIn();
    const from = (headers: Record<string, string>) =>
      connect(server.socket({}, { cookie: browser?.cookie ?? '', ...headers }));
    expect(await from({ origin: 'https://elsewhere.example' })).toMatchObject({ code: 'csrf' });
    expect(await from({ 'sec-fetch-site': 'cross-site' })).toMatchObject({ code: 'csrf' });
    expect(await from({ origin: server.url })).toBeUndefined();
    expect(await from({ cookie: '' })).toMatchObject({ code: 'unauthenticated' });
  });

  it('is shown out when the time of its session, or of its member, is over', async () => {
    const [here, there] = [await signIn(), await signIn('both@example.com')];
    const sockets = [here, there].map(({ browser }) =>
      server.socket({}, { cookie: browser?.cookie ?? '' }),
    );
    for (const socket of sockets) expect(await connect(socket)).toBeUndefined();
    const [gone, stays] = sockets.map((socket) => once(socket as never, 'disconnect'));
    const leave = (day: string | null) =>
      server.sql('update member set left_on = $2 where id = $1', [house.members['zoe'], day]);
    await leave('2026-03-15');
    await server.app.get(Door).look();
    await gone;
    expect(sockets[1]?.connected).toBe(true);
    await leave(null);
    server.clock.travelTo(new Date(NOON.getTime() + 15 * DAY));
    await server.app.get(Door).look();
    await stays;
  });

  it('hears that something changed in its organisation, and nothing of another', async () => {
    const heard: object[] = [];
    const socket = server.socket({}, { cookie: (await signIn()).browser?.cookie ?? '' });
    await connect(socket);
    const { version } = (await subscribe(socket, 'organisation')) as { version: number };
    const told = new Promise<void>((resolve) =>
      socket.on('organisation.changed', (frame: { version: number }) => {
        heard.push(frame);
        if (frame.version >= version + 3) resolve();
      }),
    );
    await other.member('eva');
    for (const name of ['léo', 'noé', 'ana']) await house.member(name);
    await told;
    expect(heard.length).toBeLessThanOrEqual(2);
    expect(heard).toContainEqual({ organisationId: house.id, version: version + 3 });
  });
});
