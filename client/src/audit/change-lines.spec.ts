import { describe, expect, it } from '@jest/globals';
import { changeLines, type Saying } from './change-lines';

const saying: Saying = {
  field: (name) => `<${name}>`,
  choice: (name, value) => (name === 'roles' ? value.toUpperCase() : undefined),
  named: (id) => (id.startsWith('0') ? 'Agence de Lyon' : undefined),
  number: (value) => `n${value}`,
  day: (value) => `d${value}`,
  flag: (value) => (value ? 'oui' : 'non'),
  sentence: (name) => (name === 'rules' ? 'dix par vente' : undefined),
  stretch: (from, to) => `${from}…${to ?? ''}`,
};
const id = (first: string) => `${first}1a2030d-2609-75fc-b6c6-e5e2a1e5dce5`;

describe('a change in the journal', () => {
  it('is what was and what is, and says nothing of what stayed', () => {
    const before = { roles: ['rep'], kind: 'employee', leftOn: null };
    const after = { roles: ['rep', 'admin'], kind: 'employee', leftOn: '2026-12-01' };
    expect(changeLines(before, after, saying)).toEqual([
      { label: '<roles>', was: 'REP', is: 'REP, ADMIN' },
      { label: '<leftOn>', was: '—', is: 'd2026-11-30' },
    ]);
  });

  it('of something new is what it is, without what nobody reads', () => {
    const made = { id: id('0'), name: 'Ouest', parentId: null, seq: 12, gains: false };
    expect(changeLines(null, made, saying)).toEqual([
      { label: '<name>', was: undefined, is: 'Ouest' },
      { label: '<gains>', was: undefined, is: 'non' },
    ]);
  });

  it('calls things by name, and never shows how they are kept', () => {
    const after = {
      teams: [{ teamId: id('0'), from: '2026-06-01', to: null }],
      managers: [{ memberId: id('9'), standIn: true, from: null, to: null }],
      rules: [{ type: 'per-unit' }, { type: 'per-unit' }],
    };
    const words = changeLines({ teams: [], managers: [], rules: [] }, after, saying);
    expect(words.map(({ is }) => is)).toEqual([
      'Agence de Lyon · 2026-06-01…',
      '91a2030d · <standIn> · null…',
      'dix par vente ; dix par vente',
    ]);
    expect(JSON.stringify(words)).not.toMatch(/[{}]\\/);
  });
});
