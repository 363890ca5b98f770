import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  branchesOf,
  DEPTH_MAX,
  lineOf,
  teamChangeSchema,
  teamInputSchema,
  treeFault,
} from './team.js';

const france = { id: 'france', parentId: null };
const west = { id: 'west', parentId: 'france' };
const vannes = { id: 'vannes', parentId: 'west' };
const east = { id: 'east', parentId: 'france' };
const tree = [vannes, east, france, west];

describe('a tree of teams', () => {
  it('has for each team the teams below it and the line above it', () => {
    expect([...branchesOf(tree, ['west'])]).toEqual(['west', 'vannes']);
    expect([...branchesOf(tree, ['france'])].toSorted()).toEqual([
      'east',
      'france',
      'vannes',
      'west',
    ]);
    expect(lineOf(tree, 'vannes')).toEqual(['vannes', 'west', 'france']);
  });

  it.each([
    ['france', 'vannes', 'team-cycle'],
    ['west', 'west', 'team-cycle'],
    ['west', 'nowhere', 'team-unknown'],
    ['west', 'east', undefined],
    ['west', null, undefined],
  ])('with %s below %s is %s', (id, parentId, fault) => {
    expect(treeFault(tree, { id, parentId })).toBe(fault);
  });

  it('is not deeper than it may be, also when a whole branch moves', () => {
    const line = Array.from({ length: DEPTH_MAX }, (_, index) => ({
      id: `t${index}`,
      parentId: index === 0 ? null : `t${index - 1}`,
    }));
    const last = `t${DEPTH_MAX - 1}`;
    expect(treeFault(line, { id: 'new', parentId: last })).toBe('team-too-deep');
    expect(treeFault(line, { id: 'new', parentId: `t${DEPTH_MAX - 2}` })).toBeUndefined();
    const two = [...line, { id: 'a', parentId: null }, { id: 'b', parentId: 'a' }];
    expect(treeFault(two, { id: 'a', parentId: `t${DEPTH_MAX - 2}` })).toBe('team-too-deep');
    expect(treeFault(two, { id: 'a', parentId: `t${DEPTH_MAX - 3}` })).toBeUndefined();
  });

  it('stays a tree whatever moves are made, as long as each is asked first', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const move = fc.record({
      id: fc.constantFrom(...ids),
      parentId: fc.option(fc.constantFrom(...ids)),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        let teams = ids.map((id) => ({ id, parentId: null as string | null }));
        for (const one of moves) {
          if (treeFault(teams, one)) continue;
          teams = teams.map((team) => (team.id === one.id ? one : team));
        }
        for (const { id } of teams) {
          const top = lineOf(teams, id).at(-1);
          expect(teams.find((team) => team.id === top)?.parentId).toBeNull();
        }
        const roots = teams.filter(({ parentId }) => parentId === null).map(({ id }) => id);
        expect(branchesOf(teams, roots).size).toBe(ids.length);
      }),
    );
  });
});

describe('a team', () => {
  it('has no managers unless said otherwise; a change says nothing of what it does not name', () => {
    expect(teamInputSchema.parse({ name: 'Ouest' })).toEqual({ name: 'Ouest', managers: [] });
    expect(teamChangeSchema.parse({})).toEqual({});
    expect(teamChangeSchema.parse({ parentId: null })).toEqual({ parentId: null });
  });

  it.each([
    [{ name: '' }, ['name']],
    [{ name: 'x', parentId: 'x' }, ['parentId']],
    [
      {
        name: 'x',
        managers: [
          { memberId: crypto.randomUUID(), from: '2026-03-02', to: '2026-03-02', standIn: true },
        ],
      },
      ['managers', 0, 'to'],
    ],
  ])('%j is refused at %j', (input, path) => {
    expect(teamInputSchema.safeParse(input).error?.issues[0]?.path).toEqual(path);
  });
});
