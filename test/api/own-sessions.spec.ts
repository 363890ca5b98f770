import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { OwnSession } from '@palmares/shared/auth/own-session';
import type { SessionView } from '@palmares/shared/auth/session';
import type { Answer, Client } from '../support/client.js';
import { connect } from '../support/live.js';
import { PASSWORD, type TestOrganisation } from '../support/organisation.js';
import { NOON, startServer, type TestServer } from '../support/server.js';

const EMAIL = 'zoe@example.com';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

let server: TestServer;
let nord: TestOrganisation;
let sud: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
  nord = await server.organisation([], { name: 'Nord' });
  sud = await server.organisation([], { name: 'Sud' });
  await nord.signIn('rep', { name: 'zoe', email: EMAIL });
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.travelTo(NOON);
  await server.sql('delete from throttle');
  await server.sql('delete from session');
});

async function signIn(email = EMAIL, agent = FIREFOX): Promise<Client> {
  const answer = await server.client().raw<SessionView>('/api/session', {
    method: 'POST',
    body: JSON.stringify({ email, password: PASSWORD }),
    headers: { 'content-type': 'application/json', 'user-agent': agent },
  });
  return server.client().signedIn(answer);
}
const list = async (client: Client) =>
  (await client.get<{ items: OwnSession[] }>('/api/session/sessions')).body.items;
const statusOf = async (client: Client) => (await client.get('/api/session')).status;
const into = (client: Client, { id }: TestOrganisation) =>
  client.put<SessionView>('/api/session/organisation', { organisationId: id });
const codeOf = ({ status, body }: Answer<unknown>) => [status, (body as { code?: string }).code];
const noted = (house: TestOrganisation, name: string) =>
  server.sql<{ actor: string; after: object }>(
    `select actor, after from audit_entry
     where organisation_id = $1 and subject = $2 and action = 'sessions.end'`,
    [house.id, `member:${house.members[name]}`],
  );

describe('whoever is signed in', () => {
  it('sees where else they are, in plain words, and this one marked', async () => {
    const phone = 'Mozilla/5.0 (iPhone) AppleWebKit/605 (KHTML) Version/18.1 Mobile Safari/605';
    const there = await signIn(EMAIL, phone);
    const here = await signIn();
    const items = await list(here);
    expect(items).toMatchObject([
      { browser: 'Firefox', system: 'Linux', current: true },
      { browser: 'Safari', system: 'iPhone', current: false },
    ]);
    expect(Date.parse(items[0]?.signedInAt ?? '')).toBeGreaterThanOrEqual(NOON.getTime());
    expect((await list(there)).map(({ current }) => current)).toEqual([true, false]);
    // What has ended by itself is not shown.
    await server.sql(`update session set seen_at = seen_at - interval '15 days'
      where system = 'iPhone'`);
    expect(await list(here)).toHaveLength(1);
  });

  it('ends one of them, whose sockets go too, and nobody else’s', async () => {
    const [here, there] = [await signIn(), await signIn()];
    const socket = server.socket({}, { cookie: there.browser?.cookie ?? '' });
    await connect(socket);
    const gone = once(socket as never, 'disconnect');
    const other = (await list(here)).find(({ current }) => !current);
    const eve = await nord.signIn('rep', { name: `eve ${Math.random()}` });
    const path = `/api/session/sessions/${other?.id}`;
    expect(codeOf(await eve.delete(path))).toEqual([404, 'not-found']);
    expect((await here.delete(path)).status).toBe(204);
    await gone;
    expect(await Promise.all([here, there, eve].map(statusOf))).toEqual([200, 401, 200]);
    expect(codeOf(await here.delete(path))).toEqual([404, 'not-found']);
  });

  it('ends all others at once, and stays', async () => {
    const [here, ...others] = [await signIn(), await signIn(), await signIn()];
    expect((await here.delete('/api/session/sessions')).status).toBe(204);
    expect(await Promise.all([here, ...others].map(statusOf))).toEqual([200, 401, 401]);
    const subject = `member:${nord.members['zoe']}`;
    expect(await noted(nord, 'zoe')).toContainEqual({ actor: subject, after: { sessions: 2 } });
  });
});

describe('an admin', () => {
  it('ends the sessions of a member, who signs in again', async () => {
    const [one, other] = [await signIn(), await signIn()];
    const admin = await nord.signIn('admin');
    const path = `/api/members/${nord.members['zoe']}/sessions`;
    expect((await admin.delete(path)).status).toBe(204);
    expect(await Promise.all([one, other, admin].map(statusOf))).toEqual([401, 401, 200]);
    expect((await (await signIn()).get('/api/challenges')).status).toBe(200);
    expect(await noted(nord, 'zoe')).toContainEqual({
      actor: expect.stringMatching(/^member:/),
      after: { sessions: 2 },
    });
  });

  it('ends them in their own organisation alone, and nobody comes back by another', async () => {
    const email = 'both@example.com';
    await nord.signIn('rep', { name: 'both', email });
    await sud.signIn('rep', { name: 'both', email });
    const fresh = async () => signIn(email);
    const inNord = await (async () => {
      const client = await fresh();
      return client.signedIn(await into(client, nord));
    })();
    const inSud = await (async () => {
      const client = await fresh();
      return client.signedIn(await into(client, sud));
    })();
    const path = `/api/members/${nord.members['both']}/sessions`;
    expect(codeOf(await sud.admin.delete(path))).toEqual([404, 'not-found']);
    expect((await nord.admin.delete(path)).status).toBe(204);
    expect(await statusOf(inNord)).toBe(401);
    expect((await inSud.get('/api/challenges')).status).toBe(200);
    expect(codeOf(await into(inSud, nord))).toEqual([404, 'not-found']);
    const { body } = await inSud.get<SessionView>('/api/session');
    expect(body.organisations.map(({ name }) => name)).toEqual(['Sud']);
    expect((await into(await fresh(), nord)).status).toBe(200);
  });
});
