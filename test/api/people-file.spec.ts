import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PeopleService } from '@palmares/server/people/people.service';
import { memberEntrySchema, type MemberView } from '@palmares/shared/people/member';
import type { TeamView } from '@palmares/shared/people/team';
import { linesOf } from '../support/client.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  house = await server.organisation(['zoe']);
});

const save = (entries: readonly object[], where = house) =>
  server.app.get(PeopleService).saveMembers(
    where.id,
    entries.map((entry) => memberEntrySchema.parse(entry)),
  );
const counts = async (entries: readonly object[], where = house) => {
  const { created, updated, unchanged, refused } = await save(entries, where);
  return [created.length, updated.length, unchanged.length, refused.length];
};
const teams = async () =>
  (await house.admin.get<{ items: TeamView[] }>('/api/teams')).body.items.map(
    ({ name, memberCount, managers }) => [
      name,
      memberCount,
      managers.map((one) => [one.name, one.from, one.to]),
    ],
  );
const seq = async (column = 'seq') => {
  const [row] = await server.sql<{ seq: number }>(
    `select ${column}::int as seq from sequence where organisation_id = $1`,
    [house.id],
  );
  return row?.seq ?? -1;
};
const member = async (name: string) => {
  const { body } = await house.admin.get<{ items: { id: string }[] }>(
    `/api/members?search=${name}`,
  );
  return (await house.admin.get<MemberView>(`/api/members/${body.items[0]?.id}`)).body;
};

describe('a file of people', () => {
  it('brings members, their teams and who manages these, and the same again changes nothing', async () => {
    const file = [
      { externalId: 'eva', name: 'Eva Roy', team: 'Ouest', manager: 'max@example.com' },
      { externalId: 'ben', name: 'Ben', team: 'Est', teamFrom: '2026-01-01', leftOn: '2026-03-10' },
      { externalId: 'zoe', name: 'zoe', team: 'Ouest' },
    ];
    expect(await counts(file)).toEqual([2, 1, 0, 0]);
    expect(await teams()).toEqual([
      ['Est', 0, []],
      ['Ouest', 2, [['max@example.com', null, null]]],
    ]);
    expect((await member('ben')).teams).toMatchObject([{ from: '2026-01-01', to: '2026-03-10' }]);
    expect((await member('max')).roles).toEqual(['manager']);
    const before = await seq('people_seq');
    expect(await counts(file)).toEqual([0, 0, 3, 0]);
    expect(await seq('people_seq')).toBe(before);
  });

  it('refuses one by one, with the place and the reason, and takes the others', async () => {
    await house.team('Ouest');
    await house.team('ouest');
    const { refused, created } = await save([
      { externalId: 'eva', name: 'Eva', team: 'Ouest' },
      { externalId: 'ben', name: 'Ben', email: 'ben@example.com' },
      { externalId: 'zoe', name: 'zoe', email: 'ben@example.com' },
    ]);
    expect(refused.map(({ index, pointer, code }) => [index, pointer, code])).toEqual([
      [0, '/team', 'team-ambiguous'],
      [2, '/email', 'email-taken'],
    ]);
    expect(created).toHaveLength(1);
  });

  it('lets names change hands, within one file', async () => {
    await save([
      { externalId: '1', email: 'a@example.com', name: 'A' },
      { externalId: '2', email: 'b@example.com', name: 'B' },
    ]);
    const swapped = [
      { externalId: '1', email: 'free@example.com', name: 'A' },
      { externalId: '2', email: 'a@example.com', name: 'B' },
      { externalId: '1', email: 'b@example.com', name: 'A' },
    ];
    expect(await counts(swapped)).toEqual([0, 3, 0, 0]);
    expect([(await member('a@')).name, (await member('b@')).name]).toEqual(['B', 'A']);
  });

  it('takes from nobody what the organisations of others have', async () => {
    const other = await server.organisation();
    const file = [{ externalId: 'zoe', email: 'zoe@example.com', name: 'Zoé', team: 'Ouest' }];
    expect(await counts(file, other)).toEqual([1, 0, 0, 0]);
    expect(await teams()).toEqual([]);
    expect(await member('zoe')).toMatchObject({ name: 'zoe', email: null });
  });

  it('read twice at once makes everybody once', async () => {
    const file = Array.from({ length: 50 }, (_, index) => {
      return { externalId: `e${index}`, name: `E ${index}`, team: `T ${index % 5}` };
    });
    const [a, b] = await Promise.all([counts(file), counts(file)]);
    expect([a, b].toSorted((one, other) => (one[0] ?? 0) - (other[0] ?? 0))).toEqual([
      [0, 0, 50, 0],
      [50, 0, 0, 0],
    ]);
    expect(await teams()).toHaveLength(5);
  });

  it('of 5,000 people is one turn each time, and a short one', async () => {
    const challenge = await house.challenge();
    await house.record(sale('e7', 5), sale('e4999', 7));
    const file = Array.from({ length: 5_000 }, (_, index) => ({
      externalId: `e${index}`,
      email: `e${index}@example.com`,
      name: `Person ${index}`,
      team: `Team ${index % 200}`,
      manager: `Manager ${index % 200}`,
    }));
    const took: number[] = [];
    const before = await seq();
    for (const expected of [
      [5_000, 0, 0, 0],
      [0, 0, 5_000, 0],
      [0, 4_975, 25, 0],
    ]) {
      const entries = took.length < 2 ? file : file.map((one) => ({ ...one, team: 'Team 0' }));
      const start = performance.now();
      expect(await counts(entries)).toEqual(expected);
      took.push(performance.now() - start);
    }
    expect(linesOf(await house.admin.board(challenge, '?limit=2'))).toEqual([
      [1, 'Person 4999', '7'],
      [2, 'Person 7', '5'],
    ]);
    expect(await seq()).toBe(before + 3);
    // Ten times what it takes, so that a machine that is busy does not fail it.
    expect(Math.max(...took)).toBeLessThan(6_000);
  });
});

describe('a file that takes the last admin away', () => {
  const people = () => server.app.get(PeopleService);
  const code = (error: { code?: string }) => error.code;
  const admin = (name: string, more: object = {}) => {
    const email = `${name}@admin.example`;
    return { externalId: name, name, email, roles: ['admin'], ...more };
  };

  it.each([
    ['the role', [admin('ada', { roles: ['rep'] })], [[0, '/roles']]],
    ['a last day', [admin('ada', { leftOn: '2026-04-01' })], [[0, '/leftOn']]],
    ['the e-mail', [{ ...admin('ada'), email: 'new@admin.example' }], [[0, '/email']]],
    [
      'the role, for somebody who has never entered',
      [admin('eve'), admin('ada', { roles: ['rep'] })],
      [[1, '/roles']],
    ],
    ['the role, for somebody who has', [admin('ada', { roles: ['rep'] }), admin('ann')], []],
    ['nothing', [admin('ada', { name: 'Ada' })], []],
  ])('by %s is told before it is brought in, and refused then', async (_what, file, places) => {
    const other = await server.organisation();
    await other.signIn('admin', { name: 'ada', email: 'ada@admin.example' });
    await other.signIn('rep', { name: 'ann', email: 'ann@admin.example' });
    const entries = file.map((entry) => memberEntrySchema.parse(entry));
    const { refused } = await people().tryMembers(other.id, entries);
    expect(refused.map(({ index, pointer }) => [index, pointer])).toEqual(places);
    const codes = refused.map((one) => one.code);
    expect(new Set(codes)).toEqual(new Set(places.length > 0 ? ['last-admin'] : []));
    const saved = people().saveMembers(other.id, entries);
    expect(await saved.then(() => undefined, code)).toBe(codes[0]);
  });
});
