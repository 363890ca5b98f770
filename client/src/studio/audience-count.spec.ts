import { describe, expect, it } from '@jest/globals';
import { countOf } from './audience-count';

const member = (id: string, more: object = {}) => ({
  id,
  roles: ['rep' as const],
  enteredOn: null,
  leftOn: null,
  team: null as { id: string } | null,
  ...more,
});
const members = [
  member('ana'),
  member('ben', { leftOn: '2026-09-01' }),
  member('cyd', { roles: ['manager'] }),
  member('dan', { enteredOn: '2026-10-20' }),
];
const team = (id: string, parentId: string | null, memberCount: number) => {
  return { id, parentId, memberCount };
};
const teams = [team('west', null, 3), team('nantes', 'west', 4), team('east', null, 2)];
const october = { from: '2026-10-01', to: '2026-11-01', observers: [] as string[] };

describe('the number of those who compete', () => {
  it('is that of the reps who are there on some day of the window', () => {
    const everyone = { ...october, audience: { kind: 'everyone' as const } };
    expect(countOf(everyone, members, teams)).toBe(2);
    expect(countOf({ ...everyone, observers: ['ana'] }, members, teams)).toBe(1);
  });

  it('is that of the lowest teams with anybody in them, or of those that are named', () => {
    const audience = { kind: 'teams' as const, by: 'sum' as const };
    expect(countOf({ ...october, audience }, members, teams)).toBe(2);
    const named = { ...audience, teamIds: ['west', 'nantes', 'east'] };
    expect(countOf({ ...october, audience: named }, members, teams)).toBe(3);
  });

  it('is that of the reps who are in the named teams today, or below them', () => {
    const placed = members.map((one, at) => ({ ...one, team: { id: at % 2 ? 'east' : 'nantes' } }));
    const of = (...teamIds: string[]) => ({ kind: 'team-members' as const, teamIds });
    const count = (...ids: string[]) =>
      countOf({ ...october, audience: of(...ids) }, placed, teams);
    expect([count('west'), count('nantes'), count('east'), count('west', 'east')]).toEqual([
      1, 1, 1, 2,
    ]);
    expect(countOf({ ...october, audience: of('west') }, members, teams)).toBe(0);
  });

  it('is that of the members who are named', () => {
    const audience = { kind: 'members' as const, memberIds: ['ana', 'ana', 'dan'] };
    expect(countOf({ ...october, audience }, members, teams)).toBe(2);
  });
});
