import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { linesOf, type Client } from '../support/client.js';
import { march, sale, type TestOrganisation } from '../support/organisation.js';
import { expectReplayed } from '../support/replay.js';
import { startServer, type TestServer } from '../support/server.js';

interface Cost {
  points: number;
  subjects: number;
}
interface Amended {
  version: number;
  entering: { label: string }[];
  cost: { before: Cost; after: Cost };
  errors?: { pointer: string }[];
}

let server: TestServer;
let house: TestOrganisation;
let north: string;
let south: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.travelTo(new Date('2026-03-12T12:00:00Z'));
  house = await server.organisation(['ana', 'ben', 'cyd']);
  north = await house.team('North', ['ana', 'ben']);
  south = await house.team('South', ['cyd']);
  await house.record(sale('ana', 7), sale('cyd', 9, { occurredAt: '2026-03-02' }));
});

const payout = [{ kind: 'threshold', score: '5', points: 10, when: 'live' }];
const repsOf = (...teamIds: string[]) => ({ audience: { kind: 'team-members', teamIds } });
const named = (...names: string[]) => ({
  audience: { kind: 'members', memberIds: names.map((name) => house.members[name]) },
});
const amend = (id: string, more: object, preview = false, client: Client = house.admin) =>
  client.post<Amended>(`/api/challenges/${id}/amend`, {
    definition: { ...march, payout, ...more },
    preview,
  });
const lines = async (id: string) => linesOf(await house.admin.board(id));

describe('an amendment that adds people or teams', () => {
  it.each([
    ['a forgotten agency', () => [repsOf(north), repsOf(north, south)]],
    ['a forgotten person', () => [named('ana', 'ben'), named('ben', 'cyd', 'ana')]],
  ])('shows who enters and what it costs, and then does it: %s', async (_what, audiences) => {
    const [before = {}, after = {}] = audiences();
    const id = await house.challenge({ ...before, payout });
    const preview = await amend(id, after, true);
    expect(preview.body).toMatchObject({
      entering: [{ label: 'cyd' }],
      cost: { before: { subjects: 2, points: 20 }, after: { subjects: 3, points: 30 } },
    });
    expect((await lines(id)).map(([, name]) => name)).toEqual(['ana', 'ben']);
    expect((await amend(id, after)).body).toEqual(preview.body);
    expect(await lines(id)).toEqual([
      [1, 'cyd', '9'],
      [2, 'ana', '7'],
      [3, 'ben', '0'],
    ]);
    const roll = await house.admin.get<{ version: number; missing: number }>(
      `/api/challenges/${id}/terms/acknowledgements`,
    );
    expect(roll.body).toMatchObject({ version: 2, missing: 3 });
    const { body } = await house.admin.get<{ items: object[] }>('/api/budgets');
    expect(body.items).toMatchObject([{ reserved: 30, paid: 20 }]);
    await expectReplayed(server, house);
  });

  it('adds a team to teams that compete', async () => {
    const of = (...teamIds: string[]) => ({ audience: { kind: 'teams', by: 'sum', teamIds } });
    const id = await house.challenge({ ...of(north), payout: [] });
    const { body } = await amend(id, { ...of(north, south), payout: [] });
    expect(body.entering).toMatchObject([{ label: 'South' }]);
    expect(await lines(id)).toEqual([
      [1, 'South', '9'],
      [2, 'North', '7'],
    ]);
    await expectReplayed(server, house);
  });

  it('brings in those of the added team, and not whoever had to stay out of the first', async () => {
    const out = { joiners: 'stay-out' };
    const id = await house.challenge({ ...repsOf(north), ...out, payout });
    await house.member('eve');
    await house.move('eve', [{ teamId: north }]);
    await amend(id, { ...repsOf(north, south), ...out });
    expect((await lines(id)).map(([, name]) => name)).toEqual(['cyd', 'ana', 'ben']);
    await expectReplayed(server, house);
  });

  it('takes nobody out, and makes no other audience of it', async () => {
    const id = await house.challenge({ ...repsOf(north), payout });
    for (const other of [repsOf(south), named('ana', 'ben'), {}]) {
      const { status, body } = await amend(id, other);
      expect([status, body.errors?.map(({ pointer }) => pointer)]).toEqual([422, ['/audience']]);
    }
    const stranger = '0189a000-0000-7000-8000-000000000000';
    expect(await amend(id, repsOf(north, stranger))).toMatchObject({
      status: 422,
      body: { code: 'team-unknown' },
    });
    expect(await lines(id)).toHaveLength(2);
  });

  it('lets a manager add their own teams only', async () => {
    const max = await house.signIn('manager', { name: 'max' });
    const managers = [{ memberId: house.members['max'] }];
    await house.admin.patch(`/api/teams/${north}`, { managers });
    const id = await house.challenge({ ...repsOf(north), payout });
    expect((await amend(id, repsOf(north, south), false, max)).status).toBe(403);
    await house.admin.patch(`/api/teams/${south}`, { managers });
    expect((await amend(id, repsOf(north, south), false, max)).status).toBe(200);
  });
});
