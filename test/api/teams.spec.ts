import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MemberView } from '@palmares/shared/people/member';
import type { TeamView } from '@palmares/shared/people/team';
import { ManagementService } from '@palmares/server/people/management.service';
import { Database } from '@palmares/server/platform/database';
import { randomUUID } from 'node:crypto';
import type { TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  house = await server.organisation(['zoe', 'ben', 'max']);
});

interface Refused {
  code: string;
  errors?: { pointer: string; code?: string }[];
}
const team = async (id: string) => (await house.admin.get<TeamView>(`/api/teams/${id}`)).body;
const teams = async () => (await house.admin.get<{ items: TeamView[] }>('/api/teams')).body.items;
const member = async (name: string) =>
  (await house.admin.get<MemberView>(`/api/members/${house.members[name]}`)).body;
const refused = async (answer: Promise<{ status: number; body: Refused }>) => {
  const { status, body } = await answer;
  return [status, body.code, body.errors?.[0]?.pointer];
};
const post = (body: object) => refused(house.admin.post<Refused>('/api/teams', body));
const patch = (id: string, body: object) =>
  refused(house.admin.patch<Refused>(`/api/teams/${id}`, body));
const days = async (name: string) =>
  (await member(name)).teams.map(({ name: of, from, to }) => [of, from, to]);

describe('teams', () => {
  it('are found by a part of the name, what they are below and who manages them', async () => {
    const managers = [{ memberId: house.members['max'], to: '2026-03-15' }];
    const region = await house.team('Île-de-France', [], { externalId: 'R1', managers });
    const running = [{ memberId: house.members['max'] }];
    const agency = await house.team('Évry', [], { parentId: region, managers: running });
    const found = async (query: string) => {
      const { body } = await house.admin.get<{ items: TeamView[] }>(`/api/teams?${query}`);
      return body.items.map(({ id }) => id);
    };
    expect(await found('search=evry')).toEqual([agency]);
    expect(await found('search=r1')).toEqual([region]);
    expect(await found(`parentId=${region}`)).toEqual([agency]);
    expect(await found(`managerId=${house.members['max']}`)).toEqual([agency]);
    expect(await found(`managerId=${house.members['zoe']}`)).toEqual([]);
  });

  it('make a tree, with managers, stand-ins and how many are in each today', async () => {
    const region = await house.team('Bretagne', [], { externalId: 'R1' });
    const managers = [
      { memberId: house.members['max'] },
      { memberId: house.members['ben'], from: '2026-03-01', to: '2026-03-15', standIn: true },
    ];
    const agency = await house.team('Vannes', ['zoe', 'ben'], { parentId: region, managers });
    expect(await team(agency)).toEqual({
      id: agency,
      externalId: null,
      name: 'Vannes',
      parentId: region,
      managers: [
        { memberId: house.members['max'], name: 'max', from: null, to: null, standIn: false },
        {
          memberId: house.members['ben'],
          name: 'ben',
          from: '2026-03-01',
          to: '2026-03-15',
          standIn: true,
        },
      ],
      memberCount: 2,
    });
    expect((await teams()).map(({ name, memberCount }) => [name, memberCount])).toEqual([
      ['Bretagne', 0],
      ['Vannes', 2],
    ]);
    expect((await member('max')).roles).toEqual(['rep', 'manager']);
    expect((await member('zoe')).team).toEqual({ id: agency, name: 'Vannes' });
  });

  it('change what is named, and nothing else', async () => {
    const max = { memberId: house.members['max'] };
    const one = await house.team('A', ['zoe'], { externalId: 'a', managers: [max] });
    const before = await team(one);
    const { status, body } = await house.admin.patch<TeamView>(`/api/teams/${one}`, { name: 'B' });
    expect([status, body]).toEqual([200, { ...before, name: 'B' }]);
    await house.admin.patch(`/api/teams/${one}`, { externalId: null, managers: [] });
    expect(await team(one)).toMatchObject({ name: 'B', externalId: null, managers: [] });
  });

  it('refuse a circle, a stranger above, a second one of a name from outside, and depth', async () => {
    const other = await server.organisation(['eve']);
    const foreign = await other.team('Foreign');
    const top = await house.team('Top', [], { externalId: 'x' });
    const low = await house.team('Low', [], { parentId: top });
    expect(await patch(top, { parentId: low })).toEqual([409, 'team-cycle', '/parentId']);
    expect(await patch(top, { parentId: top })).toEqual([409, 'team-cycle', '/parentId']);
    for (const parentId of [foreign, randomUUID()]) {
      expect(await post({ name: 'C', parentId })).toEqual([422, 'team-unknown', '/parentId']);
    }
    const taken = [409, 'external-id-taken', '/externalId'];
    expect(await post({ name: 'C', externalId: 'x' })).toEqual(taken);
    expect(await patch(low, { externalId: 'x' })).toEqual(taken);
    let parentId = low;
    for (let depth = 3; depth <= 10; depth += 1) {
      parentId = await house.team(`T${depth}`, [], { parentId });
    }
    expect(await post({ name: 'deep', parentId })).toEqual([422, 'team-too-deep', '/parentId']);
    expect((await team(top)).parentId).toBeNull();
  });

  it('refuse managers from elsewhere, and the same one twice on a day', async () => {
    const other = await server.organisation(['eve']);
    const memberId = house.members['max'];
    expect(await post({ name: 'C', managers: [{ memberId: other.members['eve'] }] })).toEqual([
      422,
      'member-unknown',
      '/managers/0/memberId',
    ]);
    const twice = [
      { memberId, from: '2026-03-01', to: '2026-04-01' },
      { memberId, from: '2026-03-31' },
    ];
    const overlap = [422, 'manager-overlap', '/managers/1/from'];
    expect(await post({ name: 'C', managers: twice })).toEqual(overlap);
    expect(await teams()).toEqual([]);
  });

  it('go only when nobody was ever in them and none is below', async () => {
    const top = await house.team('Top');
    const low = await house.team('Low', [], { parentId: top });
    const gone = (id: string) => refused(house.admin.delete<Refused>(`/api/teams/${id}`));
    expect((await gone(top)).slice(0, 2)).toEqual([409, 'team-in-use']);
    await house.move('zoe', [{ teamId: low, from: '2020-01-01', to: '2020-01-02' }]);
    expect((await gone(low)).slice(0, 2)).toEqual([409, 'team-in-use']);
    await house.move('zoe', []);
    for (const id of [low, top]) expect((await gone(id))[0]).toBe(204);
    expect((await gone(top))[0]).toBe(404);
  });

  it('are listed in pages, each team once', async () => {
    for (const name of ['C', 'a', 'B', 'B']) await house.team(name);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await house.admin.get<{ items: TeamView[]; nextCursor: string | null }>(
        `/api/teams?limit=1${cursor}`,
      );
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual((await teams()).map(({ id }) => id));
    expect(new Set(seen).size).toBe(4);
  });

  it('of another organisation are nowhere', async () => {
    const other = await server.organisation(['eve']);
    const mine = await house.team('Mine', ['zoe']);
    for (const answer of [
      other.admin.get(`/api/teams/${mine}`),
      other.admin.patch(`/api/teams/${mine}`, { name: 'Ours' }),
      other.admin.delete(`/api/teams/${mine}`),
      other.admin.get(`/api/members/${house.members['zoe']}`),
      other.admin.patch(`/api/members/${house.members['zoe']}`, { name: 'Ours' }),
      other.admin.put(`/api/members/${house.members['zoe']}/presence`, {}),
    ]) {
      expect((await answer).status).toBe(404);
    }
    const { body } = await other.admin.get<{ items: unknown[] }>(`/api/members?teamId=${mine}`);
    expect(body.items).toEqual([]);
    const path = `/api/members/${other.members['eve']}`;
    const teamId = { teams: [{ teamId: mine }] };
    expect(await refused(other.admin.patch<Refused>(path, teamId))).toEqual([
      422,
      'team-unknown',
      '/teams/0/teamId',
    ]);
    expect(await team(mine)).toMatchObject({ name: 'Mine', memberCount: 1 });
  });
});

describe('a member', () => {
  it('who moves keeps the days in the old team', async () => {
    const [a, b] = [await house.team('A', ['zoe']), await house.team('B')];
    await house.move('zoe', [
      { teamId: a, to: '2026-03-10' },
      { teamId: b, from: '2026-03-10' },
    ]);
    expect(await days('zoe')).toEqual([
      ['A', null, '2026-03-10'],
      ['B', '2026-03-10', null],
    ]);
    expect((await member('zoe')).team?.name).toBe('B');
    expect([(await team(a)).memberCount, (await team(b)).memberCount]).toEqual([0, 1]);
  });

  it('is in one team on a day, or the place of the second is named', async () => {
    const [a, b] = [await house.team('A', ['zoe']), await house.team('B')];
    const path = `/api/members/${house.members['zoe']}`;
    const both = {
      teams: [
        { teamId: a, from: '2026-03-09' },
        { teamId: b, to: '2026-03-10' },
      ],
    };
    expect(await refused(house.admin.patch<Refused>(path, both))).toEqual([
      422,
      'team-overlap',
      '/teams/0/from',
    ]);
    expect(await days('zoe')).toEqual([['A', null, null]]);
  });

  it('moved by two admins at once is where one of them says, whole', async () => {
    const [a, b] = [await house.team('A'), await house.team('B')];
    const ways = [a, b].map((teamId, index) => [
      { teamId: index === 0 ? b : a, to: '2026-03-10' },
      { teamId, from: '2026-03-10', to: '2026-04-01' },
    ]);
    const moves = Array.from({ length: 20 }, (_, index) =>
      house.move('zoe', ways[index % 2] ?? []),
    );
    await Promise.all(moves);
    const found = (await member('zoe')).teams.map(({ teamId, from, to }) => [teamId, from, to]);
    const said = ways.map((way) =>
      way.map((one) => [one.teamId, 'from' in one ? one.from : null, one.to]),
    );
    expect(said).toContainEqual(found);
    const rows = await server.sql('select from team_member where organisation_id = $1', [house.id]);
    expect(rows).toHaveLength(2);
  });
});

describe('a manager', () => {
  const managed = (name: string, from: string, to: string) =>
    server.app
      .get(Database)
      .read((tx) =>
        server.app
          .get(ManagementService)
          .managedMembers(tx, house.id, house.members[name] ?? '', { from, to }),
      );

  it('sees the teams they manage on some day of a period, with those below', async () => {
    const managers = [{ memberId: house.members['max'], from: '2026-03-20' }];
    const region = await house.team('Region', [], { managers });
    const agency = await house.team('Agency', ['ben'], { parentId: region });
    await house.move('zoe', [{ teamId: agency, from: '2026-03-10', to: '2026-03-12' }]);
    const { teamIds, members } = await managed('max', '2026-03-01', '2026-04-01');
    expect([...teamIds].toSorted()).toEqual([region, agency].toSorted());
    expect(members.toSorted((x, y) => x.from.localeCompare(y.from))).toEqual([
      { memberId: house.members['ben'], from: '2026-03-01', to: '2026-04-01' },
      { memberId: house.members['zoe'], from: '2026-03-10', to: '2026-03-12' },
    ]);
    expect((await managed('max', '2026-03-01', '2026-03-20')).teamIds.size).toBe(0);
    expect((await managed('zoe', '2026-03-01', '2026-04-01')).members).toEqual([]);
  });

  it('who leaves manages nothing from that day on, and again when staying after all', async () => {
    const id = await house.team('Region', [], { managers: [{ memberId: house.members['max'] }] });
    const path = `/api/members/${house.members['max']}`;
    const until = async () => (await team(id)).managers.map(({ to }) => to);
    await house.admin.patch(path, { leftOn: '2026-03-20' });
    expect(await until()).toEqual(['2026-03-20']);
    await house.admin.patch(path, { leftOn: '2026-05-01' });
    expect(await until()).toEqual(['2026-05-01']);
    await house.admin.patch(path, { leftOn: null });
    expect(await until()).toEqual([null]);
  });
});
