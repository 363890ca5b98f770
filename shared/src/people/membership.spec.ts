import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyDay, anyPeriod, anyStretch, daysOf } from './membership.arbitrary.js';
import {
  managedBy,
  membersOf,
  membershipInputSchema,
  moved,
  teamOn,
  type Membership,
} from './membership.js';
import { ALWAYS, before, commonOf, firstOverlap, holds, joined, viewOfStretch } from './stretch.js';

const teamIds = ['a', 'b', 'c'];
const anyMove = fc.record({ teamId: fc.option(fc.constantFrom(...teamIds)), from: anyDay });
const always = { from: ALWAYS, to: null };

/** What moves one after the other make of a member who is in no team yet. */
const afterMoves = (moves: readonly { teamId: string | null; from: string }[]) => {
  let list: ReturnType<typeof moved> = [];
  for (const { teamId, from } of moves) list = moved(list, teamId, from);
  return list;
};

describe('a stretch of days', () => {
  it('may be sent without a beginning and without an end', () => {
    const teamId = crypto.randomUUID();
    expect(membershipInputSchema.parse({ teamId })).toEqual({ teamId, ...always });
    expect(membershipInputSchema.parse({ teamId, from: null, to: '2026-03-01' })).toEqual({
      teamId,
      from: ALWAYS,
      to: '2026-03-01',
    });
    expect(viewOfStretch({ from: ALWAYS, to: null })).toEqual({ from: null, to: null });
    const bad = { teamId, from: '2026-03-02', to: '2026-03-02' };
    expect(membershipInputSchema.safeParse(bad).error?.issues[0]?.path).toEqual(['to']);
  });

  it('has in common with another exactly the days that both hold', () => {
    fc.assert(
      fc.property(anyStretch, anyStretch, anyDay, (a, b, day) => {
        const common = commonOf(a, b);
        expect(common !== undefined && holds(common, day)).toBe(holds(a, day) && holds(b, day));
      }),
    );
  });

  it('joined with others holds the same days, in order and apart', () => {
    fc.assert(
      fc.property(fc.array(anyStretch, { maxLength: 8 }), anyDay, (list, day) => {
        const few = joined(list);
        expect(few.some((one) => holds(one, day))).toBe(list.some((one) => holds(one, day)));
        for (const [index, { from }] of few.entries()) {
          const end = few[index - 1]?.to;
          if (index > 0) expect(end && end < from).toBe(true);
        }
      }),
    );
  });

  it('overlaps another exactly when a day is in both', () => {
    fc.assert(
      fc.property(fc.array(anyStretch, { maxLength: 5 }), (list) => {
        const pairs = list.flatMap((a, i) => list.slice(i + 1).map((b) => commonOf(a, b)));
        expect(firstOverlap(list) === undefined).toBe(pairs.every((one) => one === undefined));
      }),
    );
  });

  it('that overlaps is named by its place, whatever the order', () => {
    const march = { from: '2026-03-01', to: '2026-04-01' };
    const open = { from: '2026-03-31', to: null };
    expect(firstOverlap([open, march])).toBe(0);
    expect(firstOverlap([march, open])).toBe(1);
    expect(firstOverlap([march, { from: '2026-04-01', to: null }])).toBeUndefined();
  });

  it('cut at a day holds nothing from that day on, and all that it held before', () => {
    fc.assert(
      fc.property(fc.array(anyStretch, { maxLength: 5 }), anyDay, anyDay, (list, cut, day) => {
        const held = (all: typeof list) => all.some((one) => holds(one, day));
        expect(held(before(list, cut))).toBe(day < cut && held(list));
      }),
    );
  });
});

describe('a member', () => {
  it('who moves is in the old team until that day, and in the new one from it', () => {
    const list = moved([{ teamId: 'a', ...always }], 'b', '2026-03-01');
    expect(list).toEqual([
      { teamId: 'a', from: ALWAYS, to: '2026-03-01' },
      { teamId: 'b', from: '2026-03-01', to: null },
    ]);
    expect(teamOn(list, '2026-02-28')).toBe('a');
    expect(teamOn(list, '2026-03-01')).toBe('b');
    expect(moved(list, 'a', '2026-03-01')).toEqual([{ teamId: 'a', ...always }]);
    expect(moved(list, null, '2026-03-01')).toEqual(list.slice(0, 1));
  });

  it('has on each day the team of the last move that was made up to then', () => {
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 8 }), anyDay, (moves, day) => {
        const list = afterMoves(moves);
        expect(firstOverlap(list)).toBeUndefined();
        // A move takes away all that was planned from its day on.
        const standing = moves.filter((move, index) =>
          moves.slice(index + 1).every((later) => later.from > move.from),
        );
        const last = standing.findLast(({ from }) => from <= day);
        expect(teamOn(list, day)).toBe(last?.teamId ?? undefined);
      }),
    );
  });
});

describe('the members of teams in a period', () => {
  it('are on each day those whose team it is, one stretch for days that follow each other', () => {
    const people = fc.array(fc.array(anyMove, { maxLength: 5 }), { maxLength: 4 });
    const anyTeams = fc.uniqueArray(fc.constantFrom(...teamIds));
    fc.assert(
      fc.property(people, anyTeams, anyPeriod, (moves, chosen, period) => {
        const memberships = moves.flatMap((one, index): Membership[] =>
          afterMoves(one).map((membership) => ({ memberId: String(index), ...membership })),
        );
        const found = membersOf(new Set(chosen), memberships, period);
        for (const day of daysOf(period)) {
          const there = found.filter((one) => holds(one, day)).map(({ memberId }) => memberId);
          const right = moves.flatMap((_, index) => {
            const own = memberships.filter(({ memberId }) => memberId === String(index));
            return chosen.includes(teamOn(own, day) ?? '') ? [String(index)] : [];
          });
          expect(there.toSorted()).toEqual(right);
        }
        for (const { from, to } of found) {
          expect(from >= period.from && to !== null && to <= period.to).toBe(true);
        }
      }),
    );
  });
});

describe('a manager', () => {
  const teams = [
    { id: 'region', parentId: null },
    { id: 'agency', parentId: 'region' },
    { id: 'other', parentId: null },
  ];
  const memberships = [
    { memberId: 'zoe', teamId: 'agency', from: ALWAYS, to: '2026-03-10' },
    { memberId: 'zoe', teamId: 'other', from: '2026-03-10', to: null },
    { memberId: 'ben', teamId: 'region', from: '2026-03-05', to: null },
    { memberId: 'ana', teamId: 'other', ...always },
  ];
  const managements = [
    { memberId: 'max', teamId: 'region', from: '2026-03-31', to: null, standIn: false },
    { memberId: 'eve', teamId: 'agency', from: '2026-02-01', to: '2026-03-02', standIn: true },
    { memberId: 'eve', teamId: 'other', from: '2026-04-01', to: null, standIn: false },
  ];
  const march = { from: '2026-03-01', to: '2026-04-01' };
  const seenBy = (memberId: string, period = march) => {
    const { teamIds: found, members } = managedBy(
      memberId,
      { teams, managements, memberships },
      period,
    );
    return { teams: [...found], members };
  };

  it('of one day sees the whole period, teams below too, and only the days in them', () => {
    expect(seenBy('max')).toEqual({
      teams: ['region', 'agency'],
      members: [
        { memberId: 'zoe', from: '2026-03-01', to: '2026-03-10' },
        { memberId: 'ben', from: '2026-03-05', to: '2026-04-01' },
      ],
    });
  });

  it('is a stand-in as well, in the periods in which they stand in', () => {
    expect(seenBy('eve').teams).toEqual(['agency']);
    expect(seenBy('eve', { from: '2026-03-02', to: '2026-04-01' }).teams).toEqual([]);
  });

  it('of nothing sees nothing', () => {
    expect(seenBy('zoe')).toEqual({ teams: [], members: [] });
  });
});
