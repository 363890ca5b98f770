import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MemberView } from '@palmares/shared/people/member';
import { matrix } from '../support/access-matrix.js';
import type { Client } from '../support/client.js';
import { connect, subscribe } from '../support/live.js';
import type { TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let draft: string;
let rep: Client;
let chief: Client;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['zoe', 'ali']);
  rep = await house.signIn('rep', { name: 'eva' });
  chief = await house.signIn('manager', { name: 'chief' });
  await house.team('Ouest', ['zoe'], { managers: [{ memberId: house.members['chief'] }] });
  await house.team('Est', ['ali']);
  draft = await house.draft({ payout: [{ kind: 'rank', points: [5] }] });
});
afterAll(() => server.close());

/** Whatever is read of one challenge, from the list of all routes. */
const routes = Object.keys(matrix)
  .filter((route) => route.startsWith('GET /api/challenges/:challenge'))
  .map((route) => route.slice('GET '.length));

describe('a draft', () => {
  it.each(routes)('is nothing to a rep: %s', async (route) => {
    const path = route
      .replace(':challenge', draft)
      .replace(':subject', house.members['eva'] ?? '')
      .replaceAll(/:\w+/g, house.members['eva'] ?? '');
    const { status, body } = await rep.get(path);
    // Some are refused to reps whatever the challenge is.
    expect([403, 404]).toContain(status);
    expect(JSON.stringify(body)).not.toContain('draft');
    if (status === 403) {
      const launched = path.replace(draft, await house.challenge());
      expect((await rep.get(launched)).status).toBe(403);
    }
  });

  it('has a board, a race, a place and winnings for who prepares it', async () => {
    for (const part of ['board', 'race', 'place', 'winnings']) {
      const path = `/api/challenges/${draft}/${part}`;
      expect([part, (await rep.get(path)).status, (await chief.get(path)).status]).toEqual([
        part,
        404,
        200,
      ]);
      // What is remembered of one reader is not told to another.
      expect((await rep.get(path)).status).toBe(404);
    }
  });

  it('has no topic for a rep', async () => {
    const ask = async (client: Client) => {
      const socket = server.socket({}, { cookie: client.browser?.cookie ?? '' });
      await connect(socket);
      const said = await subscribe(socket, `board:${draft}`);
      socket.close();
      return said;
    };
    expect(await ask(rep)).toMatchObject({ ok: false, problem: { code: 'not-found' } });
    expect(await ask(chief)).toMatchObject({ ok: true });
  });
});

describe('what is personal of a member', () => {
  it('is for themselves, who manages them, admins and keys', async () => {
    const read = async (by: Client, name: string) => {
      const { body } = await by.get<MemberView>(`/api/members/${house.members[name]}`);
      return [body.externalId, body.presence === null];
    };
    const admin = await house.signIn('admin');
    expect(await read(chief, 'zoe')).toEqual(['zoe', false]);
    expect(await read(chief, 'chief')).toEqual(['chief', false]);
    expect(await read(chief, 'ali')).toEqual([null, true]);
    for (const by of [admin, house.admin, server.client(await house.key('read'))]) {
      expect(await read(by, 'ali')).toEqual(['ali', false]);
    }
  });

  it('is not in the list for a manager of another team', async () => {
    const list = async (by: Client) => {
      const { body } = await by.get<{ items: MemberView[] }>('/api/members');
      return Object.fromEntries(body.items.map(({ name, externalId }) => [name, externalId]));
    };
    expect(await list(chief)).toMatchObject({ zoe: 'zoe', ali: null, chief: 'chief' });
    expect(await list(await house.signIn('hr'))).toMatchObject({ zoe: 'zoe', ali: 'ali' });
  });
});
