import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Audience } from './audience.js';
import { growthOf } from './growth.js';

const some = fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 1 });
const kinds: Record<string, (ids: string[]) => Audience> = {
  members: (memberIds) => ({ kind: 'members', memberIds }),
  'team-members': (teamIds) => ({ kind: 'team-members', teamIds }),
  teams: (teamIds) => ({ kind: 'teams', by: 'sum', teamIds }),
};
const everyone: Audience = { kind: 'everyone' };
const lowest: Audience = { kind: 'teams', by: 'sum' };

describe('an amendment of an audience', () => {
  it('adds exactly the ids that are new, and takes none away', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(kinds)), some, some, (make, before, after) => {
        const growth = growthOf(make(before), make(after));
        expect(growth.grows).toBe(before.every((id) => after.includes(id)));
        if (!growth.grows) return;
        const fresh = after.filter((id) => !before.includes(id));
        expect(growth.added).toEqual(fresh.length > 0 ? make(fresh) : null);
      }),
    );
  });

  it('makes no other audience of it', () => {
    const all = [everyone, lowest, ...Object.values(kinds).map((make) => make(['a']))];
    for (const before of all) {
      for (const after of all) {
        expect(growthOf(before, after).grows).toBe(before === after);
      }
    }
    expect(growthOf(lowest, { kind: 'teams', by: 'per-head' })).toEqual({ grows: false });
  });
});
