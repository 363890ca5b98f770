import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { InvitationView, IssuedInvitation, SessionView } from '@palmares/shared/auth/session';
import { memberInputSchema } from '@palmares/shared/people/member';
import { PeopleService } from '@palmares/server/people/people.service';
import pg from 'pg';
import type { Answer } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { PASSWORD, type TestOrganisation } from '../support/organisation.js';
import { NOON, startServer, type TestServer } from '../support/server.js';

const DAY = 86_400_000;

let server: TestServer;
let house: TestOrganisation;
let other: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation([], { name: 'Nord' });
  other = await server.organisation([], { name: 'Sud' });
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.travelTo(NOON);
  await server.sql('delete from throttle');
});

const codeOf = ({ status, body }: Answer<unknown>) => [status, (body as { code?: string }).code];
const refused = (status: number, code: string) => [status, code];

const issue = (at: TestOrganisation, memberId: string) =>
  at.admin.post<IssuedInvitation>(`/api/members/${memberId}/invitation`);
const look = (token: string) =>
  server.client().post<InvitationView>('/api/invitations/look', { token });
const redeem = (token: string, password = PASSWORD) =>
  server.client().post<SessionView>('/api/invitations', { token, password });
const signIn = (email: string, password = PASSWORD) =>
  server.client().post<SessionView>('/api/session', { email, password });

/** A member who has not entered yet, and the token of their link. */
async function invite(at: TestOrganisation, email: string) {
  const id = at.members[email] ?? (await at.member(email, { email }));
  return { id, token: (await issue(at, id)).body.token };
}

/** What the admin of an organisation may do with the e-mail of somebody. */
const rename = (at: TestOrganisation, externalId: string, email: string) =>
  at.app
    .get(PeopleService)
    .saveMembers(at.id, [memberInputSchema.parse({ externalId, email, name: externalId })]);

describe('an invitation', () => {
  it('opens once, and then the password does', async () => {
    const id = await house.member('zoe', { email: 'zoe@example.com' });
    const { status, body } = await issue(house, id);
    expect([status, body.kind]).toEqual([201, 'invitation']);
    expect(body.url).toBe(`${server.url}/invitation#${body.token}`);
    expect(Date.parse(body.expiresAt) - server.clock.now().getTime()).toBeGreaterThan(6.9 * DAY);
    expect((await look(body.token)).body).toEqual({
      email: 'zoe@example.com',
      organisation: { name: 'Nord' },
      kind: 'invitation',
      locale: 'fr',
      hasPassword: false,
    });
    const entered = await redeem(body.token);
    expect(entered.body).toMatchObject({ current: { member: { id } } });
    expect((await server.client().signedIn(entered).get('/api/challenges')).status).toBe(200);
    expect(codeOf(await look(body.token))).toEqual(refused(404, 'not-found'));
    expect(codeOf(await redeem(body.token))).toEqual(refused(404, 'not-found'));
    expect((await signIn('zoe@example.com')).status).toBe(200);
  });

  it('opens for one of those who come together', async () => {
    const { token } = await invite(house, 'many@example.com');
    const passwords = Array.from({ length: 6 }, (_one, at) => `password of ${at}`);
    const answers = await Promise.all(passwords.map((password) => redeem(token, password)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 404, 404, 404, 404, 404]);
    const right = await Promise.all(
      passwords.map(async (password) => (await signIn('many@example.com', password)).status),
    );
    expect(right.indexOf(200)).toBe(statuses.indexOf(200));
    expect(right.filter((status) => status === 200)).toHaveLength(1);
  });

  it('opens nothing once there is a newer one, or after a week', async () => {
    const { id, token } = await invite(house, 'late@example.com');
    const newer = (await issue(house, id)).body.token;
    expect(codeOf(await redeem(token))).toEqual(refused(404, 'not-found'));
    server.clock.travelTo(new Date(NOON.getTime() + 7 * DAY + 60_000));
    expect(codeOf(await redeem(newer))).toEqual(refused(404, 'not-found'));
    server.clock.travelTo(new Date(NOON.getTime() + 6 * DAY));
    expect((await redeem(newer)).status).toBe(200);
  });

  it('needs an e-mail, and a password worth the name', async () => {
    const nameless = await house.member('nameless');
    expect(codeOf(await issue(house, nameless))).toEqual(refused(422, 'invalid'));
    const { token } = await invite(house, 'weak@example.com');
    expect(codeOf(await redeem(token, '1234567'))).toEqual(refused(422, 'invalid'));
    expect(codeOf(await redeem('x'))).toEqual(refused(404, 'not-found'));
    expect((await redeem(token)).status).toBe(200);
  });

  it('opens nothing under another e-mail than the one it was made for', async () => {
    await house.member('ana', { email: 'ana@example.com' });
    const ana = await house.enter(house.members['ana'] ?? '');
    const reset = (await issue(house, house.members['ana'] ?? '')).body.token;
    await rename(house, 'ana', 'eve@example.com');
    expect((await ana.get('/api/challenges')).status).toBe(403);
    expect(codeOf(await look(reset))).toEqual(refused(404, 'not-found'));
    expect(codeOf(await redeem(reset))).toEqual(refused(404, 'not-found'));
    expect((await signIn('ana@example.com')).body).toMatchObject({ organisations: [] });
    // Nor does it come back to life with the e-mail.
    await rename(house, 'ana', 'ana@example.com');
    expect(codeOf(await redeem(reset))).toEqual(refused(404, 'not-found'));
  });
});

describe('a reset', () => {
  it('ends every session of the person, and the old password', async () => {
    const id = await house.member('leo', { email: 'leo@example.com' });
    const before = await house.enter(id);
    const { body } = await issue(house, id);
    expect(body.kind).toBe('reset');
    expect((await look(body.token)).body).toMatchObject({ kind: 'reset', hasPassword: false });
    expect((await before.get('/api/session')).status).toBe(200);
    expect((await redeem(body.token, 'un nouveau départ')).status).toBe(200);
    expect(codeOf(await before.get('/api/session'))).toEqual(refused(401, 'unauthenticated'));
    expect(codeOf(await signIn('leo@example.com'))).toEqual(refused(401, 'wrong-credentials'));
    expect((await signIn('leo@example.com', 'un nouveau départ')).status).toBe(200);
  });
});

describe('two organisations that know the same e-mail', () => {
  it('are both entered by the one password, which the second asks for', async () => {
    const { token } = await invite(house, 'both@example.com');
    await redeem(token);
    const second = await invite(other, 'both@example.com');
    expect((await signIn('both@example.com')).body.organisations).toMatchObject([{ name: 'Nord' }]);
    expect((await look(second.token)).body).toMatchObject({ hasPassword: true });
    const wrong = await redeem(second.token, 'chosen by somebody else');
    expect(codeOf(wrong)).toEqual(refused(401, 'wrong-credentials'));
    expect((await redeem(second.token)).body.current).toMatchObject({
      organisation: { name: 'Sud' },
    });
    const { body } = await signIn('both@example.com');
    expect(body.organisations.map(({ name }) => name).toSorted()).toEqual(['Nord', 'Sud']);
  });

  it('guess no password by invitations, either', async () => {
    await redeem((await invite(house, 'guessed@example.com')).token);
    const { token } = await invite(other, 'guessed@example.com');
    const tries = Array.from({ length: 12 }, () => redeem(token, 'only a guess'));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  });

  it('do not open each other: by a reset, an old link, or an e-mail taken first', async () => {
    const { id, token } = await invite(house, 'vera@example.com');
    await redeem(token);
    const old = (await issue(house, id)).body.token;
    const second = await invite(other, 'vera@example.com');
    expect((await redeem(second.token)).status).toBe(200);
    // Her password opens Sud as well now: the admin of Nord chooses it no more.
    expect(codeOf(await issue(house, id))).toEqual(refused(409, 'reset-not-here'));
    expect(codeOf(await redeem(old, 'chosen in Nord'))).toEqual(refused(404, 'not-found'));
    expect((await signIn('vera@example.com')).status).toBe(200);
    // Whoever took the e-mail first is not the member whom Sud adds later.
    await redeem((await invite(house, 'future@example.com')).token, 'chosen in Nord');
    await other.member('future', { email: 'future@example.com' });
    const squatter = await signIn('future@example.com', 'chosen in Nord');
    expect(squatter.body.organisations.map(({ name }) => name)).toEqual(['Nord']);
  });
});

describe('a link that is replaced while it is used', () => {
  it('is refused: whoever waits for whom, there is one order', async () => {
    const { id, token } = await invite(house, 'busy@example.com');
    const blocked = async (count: number) => {
      const waiting = () =>
        server.sql(`select pid from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`);
      await eventually(waiting, (rows) => rows.length === count);
    };
    const holder = new pg.Client({ connectionString: server.databaseUrl });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select from member where id = $1 for update', [id]);
      const newer = issue(house, id);
      await blocked(1);
      const used = redeem(token);
      await blocked(2);
      await holder.query('commit');
      expect(codeOf(await used)).toEqual(refused(404, 'not-found'));
      expect((await redeem((await newer).body.token)).status).toBe(200);
    } finally {
      await holder.end();
    }
  });
});
