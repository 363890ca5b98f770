import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Membership, People } from '../people/membership.js';
import { ALWAYS } from '../people/stretch.js';
import { branchesOf } from '../people/team.js';
import { addDays } from '../time/day.js';
import type { Role } from '../people/member.js';
import type { Audience } from './audience.js';
import { isInside, managedTeams, outsideOf } from './steering.js';

const window = { from: '2026-03-01', to: '2026-04-01' };
const today = '2026-03-15';
const names = ['ana', 'ben', 'cyd', 'dan'] as const;
const teams = [
  { id: 'region', parentId: null },
  { id: 'north', parentId: 'region' },
  { id: 'south', parentId: 'region' },
  { id: 'east', parentId: null },
];
const ids = teams.map(({ id }) => id);

const day = fc.integer({ min: -20, max: 20 }).map((offset) => addDays(today, offset));
const anyCareer = (memberId: string): fc.Arbitrary<Membership[]> =>
  fc
    .array(fc.record({ teamId: fc.constantFrom(null, ...ids), day }), { maxLength: 3 })
    .map((steps) => {
      const sorted = steps.toSorted((a, b) => (a.day < b.day ? -1 : 1));
      return sorted.flatMap(({ teamId, day: from }, index) => {
        const to = sorted[index + 1]?.day ?? null;
        const start = index === 0 ? ALWAYS : from;
        return teamId === null || start === to ? [] : [{ memberId, teamId, from: start, to }];
      });
    });
const anyMember = fc.record({
  roles: fc.constantFrom<Role[]>(['rep'], ['rep'], ['rep', 'manager'], ['manager']),
  enteredOn: fc.constantFrom(null, '2026-03-20', '2026-05-01'),
  leftOn: fc.constantFrom(null, null, '2026-02-01'),
});
const anyPeople = fc
  .tuple(fc.tuple(...names.map(anyCareer)), fc.tuple(...names.map(() => anyMember)))
  .map(([careers, members]) => ({
    teams,
    memberships: careers.flat(),
    members: new Map(names.map((name, at) => [name, members[at] ?? members[0]])),
  })) as fc.Arbitrary<People<{ roles: Role[]; enteredOn: string | null; leftOn: string | null }>>;
const someTeams = fc.shuffledSubarray(ids, { minLength: 1 });
const anyAudience: fc.Arbitrary<Audience> = fc.oneof(
  fc.constant({ kind: 'everyone' as const }),
  fc.shuffledSubarray([...names], { minLength: 1 }).map((memberIds) => {
    return { kind: 'members' as const, memberIds };
  }),
  someTeams.map((teamIds) => ({ kind: 'team-members' as const, teamIds })),
  fc.record({
    kind: fc.constant('teams' as const),
    teamIds: fc.option(someTeams, { nil: undefined }),
    by: fc.constant('sum' as const),
  }) as fc.Arbitrary<Audience>,
);
const anyManaged = fc.subarray(ids).map((own) => branchesOf(teams, own));
const of = (audience: Audience, observers: string[] = []) => ({ audience, observers, ...window });

describe('what a challenge reaches beyond the teams of a manager', () => {
  it('is nothing for somebody who manages every team, unless a competitor is in none', () => {
    fc.assert(
      fc.property(anyPeople, anyAudience, (people, audience) => {
        const { members, teams: others } = outsideOf(of(audience), people, new Set(ids), today);
        const placed = new Set(people.memberships.map(({ memberId }) => memberId));
        expect(others).toEqual([]);
        expect(members.filter((id) => placed.has(id))).toEqual([]);
      }),
    );
  });

  it('is never less for somebody who manages less', () => {
    fc.assert(
      fc.property(anyPeople, anyAudience, anyManaged, anyManaged, (people, audience, a, b) => {
        const more = outsideOf(of(audience), people, new Set([...a, ...b]), today);
        const less = outsideOf(of(audience), people, a, today);
        expect(less.members).toEqual(expect.arrayContaining(more.members));
        expect(less.teams).toEqual(expect.arrayContaining(more.teams));
      }),
    );
  });

  it('leaves no competitor to a manager that is in the team of somebody else today', () => {
    fc.assert(
      fc.property(anyPeople, anyAudience, anyManaged, (people, audience, managed) => {
        const outside = outsideOf(of(audience), people, managed, today);
        if (!isInside(outside)) return;
        const teamOf = (name: string) =>
          people.memberships.find(
            (one) => one.memberId === name && one.from <= today && (one.to ?? '9') > today,
          )?.teamId;
        for (const name of names) {
          const team = teamOf(name);
          const member = people.members.get(name);
          if (team === undefined || managed.has(team)) continue;
          // In a foreign team today: not named, no rep of the house, in no named team.
          if (audience.kind === 'members') expect(audience.memberIds).not.toContain(name);
          if (audience.kind === 'everyone') {
            const there = (member?.leftOn ?? '9') > window.from;
            const comes = (member?.enteredOn ?? '0') < window.to;
            expect(member?.roles.includes('rep') && there && comes).toBe(false);
          }
          if (audience.kind === 'team-members' || audience.kind === 'teams') {
            expect([...branchesOf(teams, audience.teamIds ?? [])]).not.toContain(team);
          }
        }
      }),
    );
  });

  it('does not depend on who only looks on', () => {
    const people: People<{ roles: Role[]; enteredOn: null; leftOn: null }> = {
      teams,
      memberships: names.map((memberId, at) => {
        return { memberId, teamId: at === 3 ? 'east' : 'north', from: ALWAYS, to: null };
      }),
      members: new Map(
        names.map((name) => [name, { roles: ['rep'], enteredOn: null, leftOn: null }]),
      ),
    };
    const north = new Set(['north']);
    const everyone: Audience = { kind: 'everyone' };
    expect(outsideOf(of(everyone), people, north, today).members).toEqual(['dan']);
    expect(isInside(outsideOf(of(everyone, ['dan']), people, north, today))).toBe(true);
    const rallied: Audience = { kind: 'teams', by: 'sum' };
    expect(outsideOf(of(rallied), people, north, today).teams).toEqual(['east']);
  });
});

describe('the teams that somebody manages on a day', () => {
  const managed = (from: string | null, to: string | null) => [
    { id: 'north', parentId: 'region', managers: [] },
    { id: 'region', parentId: null, managers: [{ memberId: 'eve', from, to }] },
  ];
  it.each([
    [null, null, ['region', 'north']],
    ['2026-03-15', '2026-03-16', ['region', 'north']],
    ['2026-03-16', null, []],
    [null, '2026-03-15', []],
  ])('from %s to %s are %j', (from, to, found) => {
    expect([...managedTeams('eve', managed(from, to), today)]).toEqual(found);
    expect([...managedTeams('ana', managed(from, to), today)]).toEqual([]);
  });
});
