import { describe, expect, it } from '@jest/globals';
import { teamOptions, teamTree } from './team-tree';

const team = (id: string, parentId: string | null = null, name = id) => ({
  id,
  parentId,
  name,
  externalId: null,
  managers: [],
  memberCount: 0,
});

describe('teams', () => {
  const teams = [
    team('lyon', 'south', 'Lyon'),
    team('south', null, 'Sud'),
    team('east', null, 'Ést'),
    team('nice', 'south', 'Nice'),
    team('lost', 'hidden', 'Zone'),
  ];

  it('are read as a tree, each level by name', () => {
    const found = teamTree(teams, 'fr-FR').map(({ id, depth }) => `${depth} ${id}`);
    expect(found).toEqual(['0 east', '0 south', '1 lyon', '1 nice', '0 lost']);
  });

  it('are indented where one is chosen', () => {
    expect(teamOptions(teams, 'fr-FR')[2]).toEqual({ value: 'lyon', label: '\u2003Lyon' });
  });
});
