import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { memberEntrySchema, type MemberEntry } from './member.js';
import type { MemberState } from './people-index.js';
import { planRoster } from './roster.js';
import type { People } from './roster-plan.js';
import { ALWAYS, firstOverlap } from './stretch.js';

const nobody: People = { members: [], teams: [], memberships: [], managements: [] };
let ids = 0;
const newId = () => `id-${(ids += 1)}`;
const entry = (more: object) =>
  memberEntrySchema.parse({ name: 'Zoé', externalId: 'zoe', ...more });
const plan = (people: People, entries: readonly MemberEntry[], today = '2026-03-15') =>
  planRoster(people, entries, { today, newId });

/** The people after a plan has been written. */
function written(people: People, entries: readonly MemberEntry[], today?: string): People {
  const { members, teams, memberships, managements } = plan(people, entries, today);
  const changed = new Set(members.map(({ id }) => id));
  const moved = [...memberships].flatMap(([memberId, list]) =>
    list.map(({ teamId, from, to }) => ({ memberId, teamId, from, to })),
  );
  return {
    members: [...people.members.filter(({ id }) => !changed.has(id)), ...members],
    teams: [...people.teams, ...teams],
    memberships: [...people.memberships.filter((one) => !memberships.has(one.memberId)), ...moved],
    managements: [
      ...people.managements.filter(({ teamId }) => !managements.has(teamId)),
      ...[...managements.values()].flat(),
    ],
  };
}

/** Days and names, as a person would tell them. */
function told({ members, teams, memberships, managements }: People) {
  const member = (id: string) => members.find((one) => one.id === id)?.name;
  const team = (id: string) => teams.find((one) => one.id === id)?.name;
  return {
    memberships: memberships.map(({ memberId, teamId, from, to }) => {
      return [member(memberId), team(teamId), from === ALWAYS ? null : from, to];
    }),
    managements: managements.map(({ memberId, teamId, from, to }) => {
      return [member(memberId), team(teamId), from === ALWAYS ? null : from, to];
    }),
  };
}

describe('an entry of a file', () => {
  it('makes a rep, in a team and under a manager who are made when nobody is called so', () => {
    const people = written(nobody, [
      entry({ team: 'Ouest', manager: 'Max Roy' }),
      entry({ name: 'Ben', externalId: 'ben', team: ' ouest ', manager: 'max  roy' }),
    ]);
    expect(people.teams.map(({ name }) => name)).toEqual(['Ouest']);
    expect(people.members.map(({ name, externalId, roles }) => [name, externalId, roles])).toEqual([
      ['Zoé', 'zoe', ['rep']],
      ['Max Roy', 'Max Roy', ['manager']],
      ['Ben', 'ben', ['rep']],
    ]);
    expect(told(people)).toEqual({
      memberships: [
        ['Zoé', 'Ouest', null, null],
        ['Ben', 'Ouest', null, null],
      ],
      managements: [['Max Roy', 'Ouest', null, null]],
    });
  });

  it('with a manager and no team is in the team of that manager', () => {
    const people = written(nobody, [entry({ manager: 'max@example.com' })]);
    expect(people.teams.map(({ name }) => name)).toEqual(['max@example.com']);
    expect(people.members[1]).toMatchObject({ email: 'max@example.com', externalId: null });
  });

  it('that is one’s own manager makes nobody else', () => {
    const people = written(nobody, [entry({ team: 'Ouest', manager: 'ZOÉ' })]);
    expect(people.members.map(({ name, roles }) => [name, roles])).toEqual([
      ['Zoé', ['rep', 'manager']],
    ]);
  });

  it('changes only what it says', () => {
    const roles = ['admin', 'hr'];
    const first = { email: 'zoe@example.com', roles, kind: 'partner', enteredOn: '2020-01-01' };
    const people = written(nobody, [entry(first)]);
    const again = plan(people, [entry({ name: 'Zoé Le Goff', externalId: 'zoe' })]);
    expect(again).toMatchObject({ created: [], unchanged: [], refused: [], teams: [] });
    expect(again.members).toEqual([{ ...people.members[0], name: 'Zoé Le Goff' }]);
    expect(plan(people, [entry({})]).unchanged).toHaveLength(1);
  });

  it('makes a team below the one that is named above it, and moves none that is there', () => {
    const people = written(nobody, [
      entry({ team: 'Brest', teamParent: 'Ouest' }),
      entry({ name: 'Ben', externalId: 'ben', team: 'Lorient', teamParent: 'ouest' }),
      entry({ name: 'Eva', externalId: 'eva', team: 'Brest', teamParent: 'Est' }),
      entry({ name: 'Max', externalId: 'max', team: 'Sud', teamParent: 'SUD' }),
    ]);
    const nameOf = (id: string | null) => people.teams.find((one) => one.id === id)?.name;
    const tree = people.teams.map(({ name, parentId }) => [name, nameOf(parentId)]);
    expect(Object.fromEntries(tree)).toEqual({
      Ouest: undefined,
      Brest: 'Ouest',
      Lorient: 'Ouest',
      Sud: undefined,
    });
    const twice = ['a', 'b'].map((id) => ({ id, externalId: id, name: 'Ouest', parentId: null }));
    expect(
      plan({ ...nobody, teams: twice }, [entry({ team: 'Brest', teamParent: 'Ouest' })]).refused,
    ).toMatchObject([{ pointer: '/teamParent', code: 'team-ambiguous' }]);
  });

  it('moves from today on whoever was in another team, or from the day it says', () => {
    const west = written(nobody, [entry({ team: 'Ouest' })]);
    expect(told(written(west, [entry({ team: 'Est' })])).memberships).toEqual([
      ['Zoé', 'Ouest', null, '2026-03-15'],
      ['Zoé', 'Est', '2026-03-15', null],
    ]);
    const said = [entry({ team: 'Est', teamFrom: '2026-01-01' })];
    expect(told(written(west, said)).memberships).toEqual([
      ['Zoé', 'Ouest', null, '2026-01-01'],
      ['Zoé', 'Est', '2026-01-01', null],
    ]);
  });

  it('of a leaver ends teams and managements on that day', () => {
    const people = written(nobody, [
      entry({ team: 'Ouest', manager: 'Max', leftOn: '2025-06-01' }),
      entry({ name: 'Max', externalId: 'Max', leftOn: '2026-06-01' }),
    ]);
    expect(told(people)).toEqual({
      memberships: [['Zoé', 'Ouest', null, '2025-06-01']],
      managements: [['Max', 'Ouest', null, '2026-06-01']],
    });
    const back = written(people, [entry({ name: 'Max', externalId: 'Max', leftOn: '2026-09-01' })]);
    expect(told(back).managements).toEqual([['Max', 'Ouest', null, '2026-09-01']]);
  });

  it('that names another manager ends the one who was, and no stand-in', () => {
    const people = written(nobody, [entry({ team: 'Ouest', manager: 'Max' })]);
    const [team] = people.teams;
    const [zoe] = people.members;
    const standIn = { memberId: zoe?.id ?? '', teamId: team?.id ?? '', standIn: true };
    const managements = [...people.managements, { ...standIn, from: ALWAYS, to: null }];
    const next = written({ ...people, managements }, [entry({ team: 'Ouest', manager: 'Eva' })]);
    expect(told(next).managements).toEqual([
      ['Max', 'Ouest', null, '2026-03-15'],
      ['Zoé', 'Ouest', null, null],
      ['Eva', 'Ouest', '2026-03-15', null],
    ]);
    const silent = plan(next, [entry({ team: 'Ouest' })]);
    expect(silent.managements.size).toBe(0);
  });

  it('gives a manager of whom only the name was known their other names', () => {
    const people = written(nobody, [entry({ team: 'Ouest', manager: 'Max Roy' })]);
    const max = { name: 'Max Roy', externalId: 'E1', email: 'max@example.com', roles: ['rep'] };
    const after = written(people, [entry(max)]);
    expect(after.members).toHaveLength(2);
    const roles = ['rep', 'manager'];
    expect(after.members[1]).toMatchObject({ externalId: 'E1', email: 'max@example.com', roles });
    expect(plan(after, [entry(max)]).unchanged).toHaveLength(1);
  });
});

describe('an entry is refused, and the others are not,', () => {
  const people = written(nobody, [
    entry({ email: 'zoe@example.com', enteredOn: '2020-01-01' }),
    entry({ name: 'Ben', externalId: 'ben' }),
    entry({ name: 'Ben', externalId: 'ben2' }),
  ]);
  const teams = ['a', 'b'].map((id) => ({ id, externalId: id, name: 'Ouest', parentId: null }));

  it.each([
    [{ externalId: 'ben', email: 'zoe@example.com' }, '/email', 'email-taken'],
    [{ leftOn: '2019-01-01' }, '/leftOn', 'invalid'],
    [{ team: 'OUEST' }, '/team', 'team-ambiguous'],
    [{ team: 'x', manager: 'Ben' }, '/manager', 'manager-ambiguous'],
  ])('for %j', (more, pointer, code) => {
    const {
      refused,
      created,
      members,
      teams: made,
    } = plan({ ...people, teams }, [
      entry(more),
      entry({ name: 'Eva', externalId: 'eva', team: 'a' }),
    ]);
    expect(refused).toEqual([{ index: 0, pointer, code, detail: expect.any(String) }]);
    expect(created).toHaveLength(1);
    expect(members.map(({ name }) => name)).toEqual(['Eva']);
    expect(made).toEqual([]);
  });
});

const names = ['ana', 'ben', 'eva', 'max'];
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: undefined });
const anyEntry = fc
  .record({
    externalId: optional(fc.constantFrom(...names)),
    email: optional(fc.constantFrom(...names).map((name) => `${name}@example.com`)),
    name: fc.constantFrom(...names, 'Ana'),
    roles: optional(fc.subarray(['rep', 'manager', 'admin'] as const, { minLength: 1 })),
    leftOn: optional(fc.constantFrom('2026-03-01', '2026-03-15', '2026-04-01')),
    team: optional(fc.constantFrom('Ouest', 'Est')),
    teamFrom: optional(fc.constantFrom('2026-01-01', '2026-03-20')),
    manager: optional(fc.constantFrom(...names, 'ana@example.com', 'Léo')),
  })
  .filter(({ externalId, email }) => externalId !== undefined || email !== undefined);
const anyFile = fc.array(anyEntry, { maxLength: 6 });

describe('whatever files come, one after the other,', () => {
  const all = (files: readonly (readonly MemberEntry[])[]) => {
    let people = nobody;
    for (const [index, file] of files.entries()) {
      people = written(people, file, `2026-03-${14 + index}`);
    }
    return people;
  };
  const anyFiles = fc.array(anyFile, { maxLength: 3 });

  it('names stay each one’s own, and nobody is in two teams on a day', () => {
    fc.assert(
      fc.property(anyFiles, (files) => {
        const { members, memberships, managements } = all(files);
        const own = (of: (member: MemberState) => string | null) => {
          const list = members.map(of).filter((one) => one !== null);
          expect(new Set(list).size).toBe(list.length);
        };
        own(({ email }) => email);
        own(({ externalId }) => externalId);
        for (const { id, leftOn } of members) {
          const mine = memberships.filter(({ memberId }) => memberId === id);
          expect(firstOverlap(mine)).toBeUndefined();
          for (const { to } of mine) {
            if (leftOn !== null) expect(to !== null && to <= leftOn).toBe(true);
          }
        }
        for (const one of managements) {
          const same = managements.filter(
            ({ teamId, memberId }) => teamId === one.teamId && memberId === one.memberId,
          );
          expect(firstOverlap(same)).toBeUndefined();
        }
      }),
      { numRuns: 500 },
    );
  });

  it('every entry is counted once', () => {
    fc.assert(
      fc.property(anyFiles, anyFile, (files, file) => {
        const { created, updated, unchanged, refused } = plan(all(files), file, '2026-03-17');
        const sum = created.length + updated.length + unchanged.length + refused.length;
        expect(sum).toBe(file.length);
      }),
    );
  });

  it('what was unchanged is not written, and the same file of one line again changes nothing', () => {
    fc.assert(
      fc.property(anyFiles, anyEntry, (files, one) => {
        const today = '2026-03-17';
        const before = all(files);
        const after = written(before, [one], today);
        const again = plan(after, [one], today);
        const { created, updated, members, teams, memberships, managements } = again;
        expect({ created, updated, members, teams }).toEqual({
          created: [],
          updated: [],
          members: [],
          teams: [],
        });
        expect([memberships.size, managements.size]).toEqual([0, 0]);
      }),
      { numRuns: 500 },
    );
  });
});
