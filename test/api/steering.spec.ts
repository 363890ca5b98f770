import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { march, plainRule, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let north: string;
let south: string;
const clients: Record<string, Client> = {};

const managing = (name: string, more: object = {}) => ({ memberId: house.members[name], ...more });

beforeAll(async () => {
  server = await startServer();
  server.clock.travelTo(new Date('2026-04-02T12:00:00Z'));
  house = await server.organisation(['ana', 'ben', 'cyd']);
  for (const name of ['north', 'lead', 'stand-in', 'south', 'gone', 'nobody']) {
    clients[name] = await house.signIn('manager', { name });
  }
  clients['admin'] = await house.signIn('admin', { name: 'admin' });
  clients['key'] = house.admin;
  const region = await house.team('Region', [], { managers: [managing('lead')] });
  north = await house.team('North', ['ana', 'ben'], {
    parentId: region,
    managers: [
      managing('north'),
      managing('stand-in', { standIn: true, from: '2026-04-01', to: '2026-04-10' }),
      managing('gone', { to: '2026-04-02' }),
    ],
  });
  south = await house.team('South', ['cyd'], { managers: [managing('south')] });
});
afterAll(() => server.close());

const repsOf = (...teamIds: string[]) => ({ audience: { kind: 'team-members', teamIds } });
const path = (id: string, more = '') => `/api/challenges/${id}${more}`;
const client = (name: string): Client => clients[name] ?? house.admin;

interface Route {
  draft?: true;
  ok: number;
  send: (caller: Client, id: string) => Promise<{ status: number; body: unknown }>;
}
const definition = () => ({ ...march, ...repsOf(north), graceDays: 6 });
const routes: Record<string, Route> = {
  'drafts one': { ok: 201, send: (caller) => caller.post('/api/challenges', definition()) },
  'changes a draft': {
    draft: true,
    ok: 200,
    send: (caller, id) => caller.patch(path(id), { name: 'Other' }),
  },
  'launches it': { draft: true, ok: 200, send: (caller, id) => caller.post(path(id, '/launch')) },
  'copies it': { ok: 201, send: (caller, id) => caller.post(path(id, '/duplicate')) },
  'looks at an amendment': {
    ok: 200,
    send: (caller, id) =>
      caller.post(path(id, '/amend'), { definition: definition(), preview: true }),
  },
  'amends it': {
    ok: 200,
    send: (caller, id) => caller.post(path(id, '/amend'), { definition: definition() }),
  },
  'writes its règlement': {
    ok: 200,
    send: (caller, id) => caller.put(path(id, '/terms'), { clauses: { object: { fr: 'But' } } }),
  },
  'makes a link to its board': {
    ok: 201,
    send: (caller, id) => caller.post(path(id, '/board-links')),
  },
  'revokes a link to its board': {
    ok: 204,
    send: async (caller, id) => caller.delete(`/api/board-links/${(await house.boardLink(id)).id}`),
  },
  'certifies it': { ok: 200, send: (caller, id) => caller.post(path(id, '/certify')) },
  'cancels it': {
    ok: 200,
    send: (caller, id) => caller.post(path(id, '/cancel'), { reason: 'No' }),
  },
};
const may = ['north', 'lead', 'stand-in', 'admin', 'key'];
const mayNot = ['south', 'gone', 'nobody'];

describe('a challenge of the reps of a team', () => {
  it.each(Object.keys(routes))('%s only who manages the team today, or an admin', async (name) => {
    const { ok, draft, send } = routes[name] ?? routes['cancels it']!;
    const found: Record<string, unknown> = {};
    for (const who of [...may, ...mayNot]) {
      const make = draft ? house.draft.bind(house) : house.challenge.bind(house);
      const { status, body } = await send(client(who), await make(repsOf(north)));
      const { code, detail } = (body ?? {}) as { code?: string; detail?: string };
      found[who] = code ? [status, code, detail] : status;
    }
    const refused = [
      403,
      'beyond-teams',
      '1 team is not yours to manage: choose your teams, or ask an admin',
    ];
    expect(found).toEqual({
      ...Object.fromEntries(may.map((who) => [who, ok])),
      ...Object.fromEntries(mayNot.map((who) => [who, refused])),
    });
  });

  it('is read as before, and says to each whether they may steer it', async () => {
    const id = await house.challenge(repsOf(north));
    for (const who of [...may, ...mayNot]) {
      const one = await client(who).get<{ maySteer: boolean }>(path(id));
      const { body } = await client(who).get<{ items: { id: string; maySteer: boolean }[] }>(
        '/api/challenges',
      );
      const listed = body.items.find((item) => item.id === id);
      const steers = may.includes(who);
      expect([who, one.body.maySteer, listed?.maySteer]).toEqual([who, steers, steers]);
      for (const more of ['/cost', '/certification', '/differences', '/board', '/board-links']) {
        expect((await client(who).get(path(id, more))).status).toBe(200);
      }
    }
  });
});

describe('a manager without the role of an admin', () => {
  const tries = async (audience: object, more: object = {}) => {
    const body = { ...march, ...more, audience };
    return (await client('north').post<{ detail?: string }>('/api/challenges', body)) as {
      status: number;
      body: { detail?: string };
    };
  };
  const members = (...names: string[]) => ({
    kind: 'members',
    memberIds: names.map((name) => house.members[name]),
  });

  it.each<[string, () => object, number]>([
    ['everybody', () => ({ kind: 'everyone' }), 403],
    ['people of theirs', () => members('ana', 'ben'), 201],
    ['somebody of another team', () => members('ana', 'cyd'), 403],
    ['somebody in no team', () => members('ana', 'nobody'), 403],
    ['the team of another', () => ({ kind: 'teams', by: 'sum', teamIds: [north, south] }), 403],
    ['their team', () => ({ kind: 'teams', by: 'sum', teamIds: [north] }), 201],
    ['all teams', () => ({ kind: 'teams', by: 'sum' }), 403],
  ])('drafts for %s: %#', async (_whom, audience, status) => {
    expect((await tries(audience())).status).toBe(status);
  });

  it('is told how many are outside, and observers do not matter', async () => {
    expect((await tries({ kind: 'everyone' })).body.detail).toBe(
      '1 person is not yours to manage: choose your teams, or ask an admin',
    );
    const observers = [house.members['cyd']];
    expect((await tries({ kind: 'everyone' }, { observers })).status).toBe(201);
  });

  it('does not widen a draft or a running challenge beyond the teams, nor take over another', async () => {
    const draft = await house.draft(repsOf(north));
    const wide = { kind: 'everyone' };
    expect((await client('north').patch(path(draft), { audience: wide })).status).toBe(403);
    const foreign = await house.draft();
    expect((await client('north').patch(path(foreign), repsOf(north))).status).toBe(403);
    const id = await house.challenge(repsOf(north));
    const body = { definition: { ...march, ...repsOf(north, south) } };
    expect((await client('north').post(path(id, '/amend'), body)).status).toBe(403);
  });

  it('copies a challenge of the house for their own teams', async () => {
    const id = await house.challenge({ observers: [house.members['cyd']] });
    const copied = await client('north').post(path(id, '/duplicate'), repsOf(north));
    expect(copied).toMatchObject({
      status: 201,
      body: { ...repsOf(north), observers: [], maySteer: true, rules: [plainRule] },
    });
  });

  it('steers no longer from the day on which they manage the team no longer', async () => {
    const id = await house.draft(repsOf(north));
    server.clock.travelTo(new Date('2026-04-10T12:00:00Z'));
    expect((await client('stand-in').post(path(id, '/launch'))).status).toBe(403);
    expect((await client('north').post(path(id, '/launch'))).status).toBe(200);
    server.clock.travelTo(new Date('2026-04-02T12:00:00Z'));
  });

  it('who loses the challenge to a move of the people sees why at the next step', async () => {
    const audience = members('ana', 'ben');
    const id = await house.challenge({ audience });
    await house.move('ben', [
      { teamId: north, to: '2026-04-01' },
      { teamId: south, from: '2026-04-01' },
    ]);
    expect(await client('north').post(path(id, '/cancel'), { reason: 'No' })).toMatchObject({
      status: 403,
      body: { detail: '1 person is not yours to manage: choose your teams, or ask an admin' },
    });
    await house.move('ben', [{ teamId: north }]);
    expect((await client('north').post(path(id, '/cancel'), { reason: 'No' })).status).toBe(200);
  });
});
