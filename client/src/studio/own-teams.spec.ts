import { describe, expect, it } from '@jest/globals';
import { kept, outsideIn, topOf, within } from './own-teams';

const team = (id: string, parentId: string | null) => ({ id, parentId });
const teams = [
  team('west', null),
  team('rennes', 'west'),
  team('brest', 'west'),
  team('lyon', null),
];
const own = new Set(['rennes', 'brest']);
const member = (id: string, teamId: string | null) => ({
  id,
  roles: ['rep' as const],
  enteredOn: null,
  leftOn: null,
  team: teamId === null ? null : { id: teamId },
});
const members = [member('ana', 'rennes'), member('ben', 'lyon'), member('cyd', null)];
const october = { from: '2026-10-01', to: '2026-11-01', observers: [] as string[] };
const outside = (audience: object) =>
  outsideIn({ ...october, audience: audience as never }, members, teams, own, '2026-10-05');

describe('what a manager may choose', () => {
  it('is said to reach too far, with whom', () => {
    expect(outside({ kind: 'everyone' })).toEqual({ members: ['ben', 'cyd'], teams: [] });
    expect(outside({ kind: 'team-members', teamIds: ['west'] }).teams).toEqual(['west']);
    expect(outside({ kind: 'members', memberIds: ['ana'] })).toEqual({ members: [], teams: [] });
  });

  it('begins with the reps of the highest own teams, or with the lowest against each other', () => {
    expect(topOf(teams, new Set(['west', 'rennes', 'brest']))).toEqual(['west']);
    expect(within({ kind: 'everyone' }, teams, own)).toEqual({
      kind: 'team-members',
      teamIds: ['rennes', 'brest'],
    });
    const all = new Set(['west', 'rennes', 'brest']);
    expect(within({ kind: 'teams', by: 'sum' }, teams, all)).toEqual({
      kind: 'teams',
      by: 'sum',
      teamIds: ['rennes', 'brest'],
    });
  });

  it('keeps those who compete already', () => {
    expect(kept(['c'], ['a', 'b'])).toEqual(['a', 'b', 'c']);
    expect(kept(['b', 'c'], [])).toEqual(['b', 'c']);
  });
});
