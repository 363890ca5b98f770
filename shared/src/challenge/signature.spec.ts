import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Role } from '../people/member.js';
import {
  handsBehind,
  isInGainersHand,
  mayTimeCertify,
  principalOf,
  signingOf,
  verdictOf,
  type Grant,
  type Matter,
  type Signer,
} from './signature.js';

const names = ['member:a', 'member:b', 'member:c', 'member:d', 'key:k', 'person:o', 'system'];
const anyName = fc.constantFrom(...names);
const anyGrant = fc.record({
  to: anyName,
  what: fc.constantFrom('account', 'entrance', 'role:hr', 'role:admin', 'team:1'),
  by: anyName,
});
const anyGrants = fc.array(anyGrant, { maxLength: 12 }).map((list) => {
  const found = new Map<string, Grant[]>();
  for (const { to, what, by } of list) {
    const others = (found.get(to) ?? []).filter((grant) => grant.what !== what);
    found.set(to, [...others, { what, by }]);
  }
  return found;
});
const anyMatter: fc.Arbitrary<Matter> = fc.record({
  gainers: fc.uniqueArray(anyName, { maxLength: 3 }).map((list) => new Set(list)),
  authors: fc.uniqueArray(anyName, { maxLength: 3 }).map((list) => new Set(list)),
  grants: anyGrants,
});
const roleSets: Role[][] = [['hr'], ['admin'], ['manager'], ['rep'], ['hr', 'rep'], []];
const anySigner = (signature: string): fc.Arbitrary<Signer> =>
  fc.record({
    signature: fc.constant(signature),
    roles: fc.constantFrom(...roleSets),
    teams: fc.constantFrom([], ['1'], ['1', '2']),
  });
const anySigners = fc.tuple(...names.slice(0, 6).map(anySigner));

const hr = (id: string): Signer => ({ signature: `member:${id}`, roles: ['hr'], teams: [] });
const operator: Signer = { signature: 'person:o', roles: [], teams: [] };
const matter = (gains: string[], grants: Record<string, Grant[]> = {}): Matter => {
  return { gainers: new Set(gains), grants: new Map(Object.entries(grants)) };
};

describe('a signature', () => {
  it('never counts from a key, from who gains, or from an account that who gains could use', () => {
    fc.assert(
      fc.property(anySigners, anyMatter, fc.boolean(), (signers, about, inTurn) => {
        const { verdicts, next, asked } = signingOf(signers, about, { inTurn });
        for (const [signature, verdict] of verdicts) {
          if (!verdict.counts) continue;
          expect(signature).not.toMatch(/^key:/);
          expect(about.authors?.has(signature)).toBe(false);
          for (const hand of handsBehind(signature, about.grants)) {
            expect(about.gainers.has(hand)).toBe(false);
          }
        }
        expect(next === null).toBe(asked.length === 0);
        for (const one of asked) expect(verdicts.get(one)).toEqual({ counts: true, order: next });
      }),
    );
  });

  it('is worth no more when more people gain, or more is given by who gains', () => {
    fc.assert(
      fc.property(anySigners, anyMatter, anyName, (signers, about, gainer) => {
        const more = { ...about, gainers: new Set([...about.gainers, gainer]) };
        for (const one of signers) {
          if (verdictOf(one, more).counts) expect(verdictOf(one, about).counts).toBe(true);
        }
      }),
    );
  });

  it('of an operator counts only where nobody inside could sign', () => {
    fc.assert(
      fc.property(anySigners, anyMatter, (signers, about) => {
        const { verdicts } = signingOf([...signers.slice(0, 5), operator], about);
        const inside = [...verdicts].some(
          ([one, verdict]) => verdict.counts && one.startsWith('member:'),
        );
        if (inside) expect(verdicts.get('person:o')?.counts).toBe(false);
      }),
    );
  });

  it('says why it does not count', () => {
    const why = (signer: Signer, about: Matter) => {
      const verdict = verdictOf(signer, about);
      return verdict.counts ? verdict.order : verdict.why;
    };
    expect(why(hr('h'), matter(['member:m']))).toBe('hr');
    expect(why(hr('m'), matter(['member:m']))).toBe('gains');
    const made = { 'member:h': [{ what: 'account', by: 'member:m' }] };
    expect(why(hr('h'), matter(['member:m'], made))).toBe('account-from-gainer');
    // By a key that they made, and by somebody whom they let in.
    const byKey = {
      'member:h': [{ what: 'entrance', by: 'key:k' }],
      'key:k': [{ what: 'account', by: 'member:p' }],
      'member:p': [{ what: 'account', by: 'member:m' }],
    };
    expect(why(hr('h'), matter(['member:m'], byKey))).toBe('account-from-gainer');
    const raised = { 'member:h': [{ what: 'role:hr', by: 'member:m' }] };
    expect(why(hr('h'), matter(['member:m'], raised))).toBe('role-from-gainer');
    const both: Signer = { ...hr('h'), roles: ['hr', 'admin'] };
    expect(why(both, matter(['member:m'], raised))).toBe('lead');
    const manager: Signer = { signature: 'member:l', roles: ['manager'], teams: ['1'] };
    const standIn = { 'member:l': [{ what: 'team:1', by: 'member:m' }] };
    expect(why(manager, matter(['member:m'], standIn))).toBe('role-from-gainer');
    expect(why({ ...manager, teams: ['2'] }, matter(['member:m'], standIn))).toBe('lead');
    expect(why({ ...manager, teams: [] }, matter([]))).toBe('no-signer');
    expect(why({ ...hr('k'), signature: 'key:k' }, matter([]))).toBe('key');
  });
});

describe('time', () => {
  it('certifies only where all who wrote are known and none of them could gain', () => {
    expect(mayTimeCertify([], matter([]))).toBe(false);
    fc.assert(
      fc.property(fc.array(anyName, { minLength: 1 }), anyMatter, (authors, about) => {
        const gaining = authors.some((one) => isInGainersHand(one, about));
        expect(mayTimeCertify(authors, about)).toBe(!gaining);
      }),
    );
  });
});

describe('what a key did', () => {
  it('was done by the person who made it, or a key before it', () => {
    const grants = new Map([
      ['key:2', [{ what: 'account', by: 'key:1' }]],
      ['key:1', [{ what: 'account', by: 'member:m' }]],
      ['key:cli', [{ what: 'account', by: 'cli' }]],
      ['key:x', [{ what: 'account', by: 'key:x' }]],
    ]);
    expect(
      ['key:2', 'key:cli', 'key:x', 'member:m'].map((one) => principalOf(one, grants)),
    ).toEqual(['member:m', 'key:cli', 'key:x', 'member:m']);
  });
});
