import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SessionView } from '@palmares/shared/auth/session';
import { SetupService } from '@palmares/server/auth/setup.service';
import { SignInService } from '@palmares/server/auth/sign-in.service';
import { ThrottleService } from '@palmares/server/auth/throttle.service';
import { PASSWORD } from '../support/organisation.js';
import { NOON, startServer, type TestServer } from '../support/server.js';

const EMAIL = 'zoe@example.com';
const HOUR = 3_600_000;

let server: TestServer;
/** What the browser of somebody keeps that has signed in once. */
let device: string;

const cookiesOf = (headers: Headers) =>
  headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');

const attempt = (password: string, address: string, cookie = '', email = EMAIL) =>
  server.client().raw<SessionView>('/api/session', {
    method: 'POST',
    body: JSON.stringify({ email, password }),
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address, cookie },
  });
/** A guess without the cost of a password: whether it would be looked at. */
const isLetIn = (address: string, cookie = '', email = EMAIL) => {
  const [, value] = cookie.split('=');
  const visitor = { address, device: value, claimed: undefined, before: undefined };
  const tried = server.app.get(ThrottleService).attempt(email, { ...visitor, agent: undefined });
  return tried.then(
    () => true,
    () => false,
  );
};
const statusOf = async (...given: Parameters<typeof attempt>) => (await attempt(...given)).status;

beforeAll(async () => {
  server = await startServer();
  const house = await server.organisation();
  await house.signIn('rep', { name: 'zoe', email: EMAIL });
  await house.signIn('rep', { name: 'eve', email: 'eve@example.com' });
  const { headers } = await attempt(PASSWORD, '198.51.100.1');
  device = cookiesOf(headers).find((cookie) => cookie.startsWith('palmares_device=')) ?? '';
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.travelTo(NOON);
  await server.sql('delete from throttle');
});

describe('whoever guesses the password of somebody else', () => {
  it('from ten addresses does not keep the owner out at an eleventh', async () => {
    for (let one = 0; one < 10; one++) await attempt('wrong', `203.0.113.${one}`);
    for (let more = 0; more < 12; more++) await attempt('wrong', '203.0.113.1');
    expect(await statusOf('wrong', '203.0.113.1')).toBe(429);
    expect(await statusOf(PASSWORD, '198.51.100.7')).toBe(200);
  });

  it.each([
    ['new addresses', (n: number) => `203.0.${n >> 8}.${n & 255}`],
    ['a /48', (n: number) => `2001:db8:1:${n.toString(16)}::1`],
    ['a /32', (n: number) => `2001:db8:${n.toString(16)}::1`],
  ])('from ever %s gets so many guesses an hour, and the owner comes in', async (_of, from) => {
    let guessed = 0;
    let tried = 0;
    for (let minute = 0; minute <= 60; minute += 5) {
      server.clock.travelTo(new Date(NOON.getTime() + minute * 60_000));
      for (let refused = 0; refused < 3; tried++) {
        if (await isLetIn(from(tried))) guessed += 1;
        else refused += 1;
      }
      // The owner has signed in with this browser before, wherever it is now.
      expect(await isLetIn(from(tried), device)).toBe(true);
    }
    // A hundred at once, and two a minute; the test itself takes some seconds.
    expect(guessed).toBeGreaterThanOrEqual(100);
    expect(guessed).toBeLessThanOrEqual(100 + (2 * HOUR) / 60_000 + 5);
    expect(await statusOf(PASSWORD, from(tried), device)).toBe(200);
  });

  it('is not helped by a browser of their own, nor by a cookie that they made', async () => {
    const { headers } = await attempt(PASSWORD, '192.0.2.1', device, 'eve@example.com');
    const mine = cookiesOf(headers).find((cookie) => cookie.startsWith('palmares_device=')) ?? '';
    // Both know this browser now.
    expect(mine.split('.')).toHaveLength(3);
    const [name = '', , eve = ''] = mine.split('.');
    for (const cookie of [`${name}.${eve}`, `${name}.${'x'.repeat(22)}`, 'palmares_device=x']) {
      await server.sql('delete from throttle');
      const tries = Array.from({ length: 12 }, () => attempt('wrong', '192.0.2.1', cookie));
      const left = await Promise.all([...tries, attempt('wrong', '192.0.2.1')]);
      expect(left.filter(({ status }) => status === 401)).toHaveLength(10);
    }
  });

  it('in the browser of its owner is slowed down as anybody', async () => {
    const tries = Array.from({ length: 12 }, (_one, n) => attempt('wrong', `192.0.2.${n}`, device));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
  });

  it('is not helped by a browser that knew an earlier password', async () => {
    await server.app.get(SignInService).overrule(EMAIL, 'another long one');
    const tries = Array.from({ length: 12 }, (_one, n) =>
      attempt('wrong', '192.0.2.1', n % 2 ? device : ''),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    // All are counted by their place, not half of them by the browser.
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
  });
});

describe('a whole network', () => {
  it('of IPv6 is one place in the end, however many parts of it are used', async () => {
    let guessed = 0;
    for (let one = 0; one < 14; one++) {
      for (let n = 0; n < 45; n++) {
        const from = `2001:db8:7:${one.toString(16)}::${n.toString(16)}`;
        if (await isLetIn(from, '', `n${one}-${n}@example.com`)) guessed += 1;
      }
    }
    // One more each second: the test itself takes some.
    expect(guessed).toBeGreaterThanOrEqual(500);
    expect(guessed).toBeLessThan(600);
    expect(await isLetIn('2001:db8:8::1', '', 'other@example.com')).toBe(true);
  });
});

it('guesses of a setup link are in nobody’s way', async () => {
  const empty = await startServer();
  try {
    const token = (await empty.app.get(SetupService).offer()) ?? '';
    const made = (given: string) =>
      empty.client().post('/api/setup', {
        token: given,
        name: 'Nord',
        admin: { name: 'Eva', email: 'eva@example.com', password: PASSWORD },
      });
    for (let one = 0; one < 60; one++) expect((await made('xxxxxxxx')).status).toBe(404);
    expect((await made(token)).status).toBe(201);
  } finally {
    await empty.close();
  }
});
