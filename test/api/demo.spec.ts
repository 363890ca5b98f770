import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SessionView } from '@palmares/shared/auth/session';
import { roles } from '@palmares/shared/people/member';
import { Demo } from '@palmares/server/demo/demo.service';
import { createApp } from '@palmares/server/app';
import { createDataSource } from '@palmares/server/data-source';
import { Clock } from '@palmares/server/platform/clock';
import { readConfig } from '@palmares/server/platform/config';
import { createLogger } from '@palmares/server/platform/logging';
import { migrate } from '@palmares/server/platform/migrate';
import { Client } from '../support/client.js';
import { createDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { NOON, startServer, type TestServer } from '../support/server.js';

interface SignIn {
  role: string;
  name: string;
  email: string;
  password: string;
}
interface Items<Item> {
  items: Item[];
}
interface Challenge {
  id: string;
  status: string;
  name: string;
}

/** A short story of few people. */
const SIZE = { reps: 16, weeks: 18 };

let server: TestServer;
let signIns: SignIn[];

beforeAll(async () => {
  server = await startServer({ DEMO: 'on' });
  await server.app.get(Demo).begin(false, SIZE);
  signIns = (await server.client().get<{ signIns: SignIn[] }>('/api/demo')).body.signIns;
});
afterAll(() => server.close());

const enter = async ({ email, password }: SignIn) =>
  server.client().post<SessionView>('/api/session', { email, password });
const as = async (role: string): Promise<Client> => {
  const one = signIns.find((known) => known.role === role) as SignIn;
  return server.client().signedIn(await enter(one));
};

describe('the demo', () => {
  it('lets anybody look around as somebody of each role', async () => {
    expect(signIns.map(({ role }) => role)).toEqual([...roles]);
    for (const one of signIns) {
      const { body } = await enter(one);
      expect(body.current).toMatchObject({
        organisation: { demo: true },
        member: { name: one.name, roles: [one.role] },
      });
    }
  });

  it('has challenges at every point of their life, and people who gained by them', async () => {
    const manager = await as('manager');
    const { items } = (await manager.get<Items<Challenge>>('/api/challenges?limit=50')).body;
    expect(new Set(items.map(({ status }) => status))).toEqual(
      new Set(['draft', 'scheduled', 'live', 'provisional', 'certified']),
    );
    const open = items.find(({ status }) => status === 'provisional')?.id;
    const known = await manager.get<Items<unknown>>(`/api/challenges/${open}/differences`);
    expect(known.status).toBe(200);
    const disputes = (await manager.get<Items<{ status: string }>>('/api/disputes')).body.items;
    expect(disputes.map(({ status }) => status)).toContain('open');
    const rep = await as('rep');
    const { wallets } = (await rep.get<{ wallets: { available: number }[] }>('/api/wallet')).body;
    expect(wallets[0]?.available).toBeGreaterThan(0);
  });

  it('keeps its passwords, and nobody is invited to it', async () => {
    for (const one of signIns) {
      const client = server.client().signedIn(await enter(one));
      const change = { current: one.password, password: 'mine from now on' };
      expect((await client.post('/api/session/password', change)).status).toBe(403);
    }
    const admin = signIns.find(({ role }) => role === 'admin') as SignIn;
    const answer = await enter(admin);
    const member = answer.body.current?.member.id;
    const client = server.client().signedIn(answer);
    expect((await client.post(`/api/members/${member}/invitation`)).status).toBe(403);
  });

  it('is the same when it begins again', async () => {
    const state = () => server.sql('select id, email, person_id from member order by id');
    const before = await state();
    await server.app.get(Demo).begin(false, SIZE);
    expect(await state()).toEqual(before);
  });

  it('goes on where it was broken off, and comes to the same', async () => {
    // The demo goes on selling meanwhile; what its live sales pay is no part of the story.
    const counts = () =>
      server.sql(
        `select (select count(*) from challenge)::int as challenges,
           (select count(*) from activity where external_id not like 'live-%')::int as sales,
           (select count(*) from posting p where not exists (
              select 1 from activity a where a.organisation_id = p.organisation_id
                and a.seq = p.seq and a.external_id like 'live-%'))::int as postings`,
      );
    const before = await counts();
    await server.sql('update demo set step = 3');
    await server.app.get(Demo).begin(false, SIZE);
    expect(await counts()).toEqual(before);
  });

  it('is put aside by a reset: nobody enters the one before, and all enter the new one', async () => {
    const { organisationId } = await server.app.get(Demo).reset(SIZE);
    const rep = signIns.find(({ role }) => role === 'rep') as SignIn;
    const { body } = await enter(rep);
    expect(body.organisations.map(({ id }) => id)).toEqual([organisationId]);
  });
});

/** One more server on a database. */
async function startOn(url: string, DEMO: 'on' | 'off') {
  const config = readConfig({ DATABASE_URL: url, DEMO });
  const dataSource = createDataSource({ url }, config.poolSize);
  await dataSource.initialize();
  await migrate(dataSource);
  const clock = new Clock();
  clock.travelTo(NOON);
  const app = await createApp({ config, dataSource, clock, logger: createLogger('silent') });
  await app.listen(0, '127.0.0.1');
  return { demo: app.get(Demo), app, dataSource, client: new Client(await app.getUrl()) };
}

describe('two servers with a demo on one empty database', () => {
  it('make one demo, which both show', async () => {
    const database = await createDatabase();
    const both = [await startOn(database.url, 'on'), await startOn(database.url, 'on')] as const;
    const begun = both.map(({ demo }) => demo.begin(false, SIZE));
    const [{ demo: first }, { demo: second }] = both;
    // Whoever looks on has a way in before it is made, too.
    await eventually(async () => (await first.entrance()) && (await second.entrance()));
    await Promise.all(begun);
    const entrances = await Promise.all(both.map(({ demo }) => demo.entrance()));
    expect(entrances.map((one) => one?.ready)).toEqual([true, true]);
    expect(new Set(entrances.map((one) => one?.boardToken)).size).toBe(1);
    const [counts] = await (both[0].dataSource.query(
      `select (select count(*) from organisation)::int as organisations,
         (select count(*) from demo)::int as demos,
         (select count(*) from board_link)::int as links,
         (select count(*) - count(distinct draft->>'name') from challenge)::int as twice`,
    ) as Promise<object[]>);
    for (const { app, dataSource } of both) {
      await app.close();
      await dataSource.destroy();
    }
    await database.drop();
    expect(counts).toEqual({ organisations: 1, demos: 1, links: 1, twice: 0 });
  }, 120_000);
});

describe('a server that shows no demo', () => {
  const enterAt = (client: Client, { email, password }: SignIn) =>
    client.post<SessionView>('/api/session', { email, password });
  let off: Awaited<ReturnType<typeof startOn>>;
  beforeAll(async () => {
    off = await startOn(server.databaseUrl, 'off');
  });
  afterAll(async () => {
    await off.app.close();
    await off.dataSource.destroy();
  });

  it('opens another server’s to nobody, and closes it for good when it begins', async () => {
    const admin = await as('admin');
    const { id, key } = (
      await admin.post<{ id: string; key: string }>('/api/keys', {
        name: 'kept',
        scopes: ['admin'],
      })
    ).body;
    const { boardToken } = (await server.client().get<{ boardToken: string }>('/api/demo')).body;
    const there = off.client.url;
    for (const one of signIns) expect((await enterAt(off.client, one)).status).toBe(401);
    for (const token of [key, boardToken]) {
      expect((await new Client(there, token).get('/api/board-link')).status).toBe(401);
    }
    expect((await new Client(there, undefined, admin.browser).get('/api/keys')).status).toBe(403);

    await off.demo.begin(false, SIZE);
    for (const one of signIns) expect((await enter(one)).status).toBe(401);
    expect((await admin.get('/api/session')).status).toBe(401);
    expect((await server.client(key).get('/api/keys')).status).toBe(401);
    expect((await server.client(boardToken).get('/api/board-link')).status).toBe(401);
    const open = await server.sql(
      `select (select count(*) from member where person_id is not null)::int as entered,
         (select count(*) from person where password_hash is not null)::int as passwords,
         (select count(*) from session)::int as sessions`,
    );
    expect(open).toEqual([{ entered: 0, passwords: 0, sessions: 0 }]);
    const noted = await server.sql('select 1 from audit_entry where subject = $1', [`key:${id}`]);
    expect(noted).toHaveLength(2);
  });

  it('is no hindrance to the next one, which is made anew', async () => {
    await server.app.get(Demo).begin(false, SIZE);
    for (const one of signIns) {
      expect((await enter(one)).body.current).toMatchObject({ member: { name: one.name } });
    }
  });
});
