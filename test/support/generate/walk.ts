// What a thief inside an organisation may try, one step after the other. Steps are plain data, so
// that a counterexample can be read; `Walker` of walker.ts carries them out on a running server.
import fc from 'fast-check';

/** Who acts in a step: the thief, an account that the thief has made, or a key that they have made. */
export type Hand = 'self' | 'puppet' | 'key';
/** Whose something is. */
export type Whom = 'self' | 'puppet' | 'rival' | 'hr' | 'admin';
export type Given = 'rep' | 'manager' | 'hr' | 'admin';

export type Step = { by: Hand } & (
  | {
      do: 'draft';
      audience: 'self' | 'everyone' | 'team' | 'both';
      pays: 'live' | 'rank' | 'threshold' | 'prize';
      points: number;
      over: boolean;
    }
  | { do: 'launch' | 'certify' | 'countersign' | 'duplicate' | 'cancel'; nth: number }
  | { do: 'amend'; nth: number; points: number; minimum: boolean }
  | { do: 'sell'; whom: Whom; amount: number }
  | { do: 'judge'; whom: Whom; verdict: 'accepted' | 'rejected' }
  | { do: 'adjust'; whom: Whom; amount: number }
  | { do: 'ceilings'; points: number }
  | { do: 'target'; whom: Whom; amount: number }
  | { do: 'hire'; role: Given }
  | { do: 'enter' | 'invite'; whom: Whom }
  | { do: 'rename'; whom: Whom; email: 'fresh' | 'self' }
  | { do: 'promote'; whom: Whom; role: Given }
  | { do: 'lead'; whom: Whom }
  | { do: 'make-key'; scope: 'read' | 'activities:write' | 'people:write' | 'admin' }
  | { do: 'bring'; what: 'members' | 'mapping'; role: Given }
  | { do: 'days'; days: number }
  | { do: 'abroad'; what: number }
);

const hand = fc.constantFrom<Hand>('self', 'self', 'self', 'puppet', 'key');
const whom = fc.constantFrom<Whom>('self', 'self', 'puppet', 'rival', 'hr', 'admin');
const role = fc.constantFrom<Given>('rep', 'manager', 'hr', 'admin');
const points = fc.constantFrom(1, 500, 1_000, 60_000, 1_000_000);
const nth = fc.nat({ max: 3 });
const amount = fc.constantFrom(1, 1_000, 1_000_000);

const one = <Kind extends Step['do']>(kind: Kind, more: object = {}) =>
  fc.record({ by: hand, do: fc.constant(kind), ...more }) as unknown as fc.Arbitrary<Step>;

const draft = one('draft', {
  audience: fc.constantFrom('self', 'self', 'everyone', 'team', 'both'),
  pays: fc.constantFrom('live', 'rank', 'rank', 'threshold', 'prize'),
  points,
  over: fc.boolean(),
});

/** A step; those that lead from a draft to points come often. */
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: draft },
  { weight: 6, arbitrary: one('launch', { nth }) },
  { weight: 6, arbitrary: one('certify', { nth }) },
  { weight: 3, arbitrary: one('countersign', { nth }) },
  { weight: 2, arbitrary: one('amend', { nth, points, minimum: fc.boolean() }) },
  { weight: 1, arbitrary: one('duplicate', { nth }) },
  { weight: 1, arbitrary: one('cancel', { nth }) },
  { weight: 4, arbitrary: one('sell', { whom, amount }) },
  {
    weight: 2,
    arbitrary: one('judge', { whom, verdict: fc.constantFrom('accepted', 'rejected') }),
  },
  { weight: 4, arbitrary: one('adjust', { whom, amount }) },
  { weight: 1, arbitrary: one('ceilings', { points }) },
  { weight: 1, arbitrary: one('target', { whom, amount }) },
  { weight: 4, arbitrary: one('hire', { role }) },
  { weight: 4, arbitrary: one('enter', { whom }) },
  { weight: 1, arbitrary: one('invite', { whom }) },
  { weight: 2, arbitrary: one('rename', { whom, email: fc.constantFrom('fresh', 'self') }) },
  { weight: 3, arbitrary: one('promote', { whom, role }) },
  { weight: 1, arbitrary: one('lead', { whom }) },
  {
    weight: 3,
    arbitrary: one('make-key', {
      scope: fc.constantFrom('read', 'activities:write', 'people:write', 'admin', 'admin'),
    }),
  },
  { weight: 2, arbitrary: one('bring', { what: fc.constantFrom('members', 'mapping'), role }) },
  { weight: 4, arbitrary: one('days', { days: fc.constantFrom(1, 6, 40) }) },
  { weight: 2, arbitrary: one('abroad', { what: fc.nat({ max: 200 }) }) },
);

export const WALK_STEPS = 20;
export const anyWalk = fc.array(anyStep, { minLength: WALK_STEPS, maxLength: WALK_STEPS });

/** The short ways that thieves have gone on earlier versions. */
export const knownWays: Record<string, Step[]> = {
  'a challenge for oneself, in the past, certified by time': [
    { by: 'self', do: 'sell', whom: 'self', amount: 1_000_000 },
    { by: 'self', do: 'draft', audience: 'self', pays: 'rank', points: 1_000_000, over: true },
    { by: 'self', do: 'launch', nth: 0 },
    { by: 'self', do: 'certify', nth: 0 },
    { by: 'self', do: 'days', days: 40 },
  ],
  'a second signature by a key of one’s own': [
    { by: 'self', do: 'sell', whom: 'self', amount: 1_000_000 },
    { by: 'self', do: 'draft', audience: 'everyone', pays: 'rank', points: 500, over: true },
    { by: 'self', do: 'make-key', scope: 'admin' },
    { by: 'self', do: 'launch', nth: 0 },
    { by: 'self', do: 'certify', nth: 0 },
    { by: 'key', do: 'certify', nth: 0 },
  ],
  'a second signature by an account that one has made': [
    { by: 'self', do: 'sell', whom: 'self', amount: 1_000_000 },
    { by: 'self', do: 'hire', role: 'admin' },
    { by: 'self', do: 'enter', whom: 'puppet' },
    { by: 'self', do: 'draft', audience: 'self', pays: 'rank', points: 500, over: true },
    { by: 'puppet', do: 'launch', nth: 0 },
    { by: 'puppet', do: 'certify', nth: 0 },
    { by: 'self', do: 'days', days: 40 },
  ],
  'points paid at once by a rule of one’s own': [
    { by: 'self', do: 'draft', audience: 'self', pays: 'live', points: 1_000, over: false },
    { by: 'self', do: 'launch', nth: 0 },
    { by: 'self', do: 'sell', whom: 'self', amount: 1_000_000 },
  ],
  'an adjustment by an account that one has made': [
    { by: 'self', do: 'hire', role: 'hr' },
    { by: 'self', do: 'enter', whom: 'puppet' },
    { by: 'puppet', do: 'adjust', whom: 'self', amount: 1_000_000 },
  ],
  'an account of HR made by a key': [
    { by: 'self', do: 'make-key', scope: 'people:write' },
    { by: 'key', do: 'promote', whom: 'puppet', role: 'hr' },
    { by: 'key', do: 'bring', what: 'members', role: 'admin' },
  ],
  'the account of HR, taken over by its e-mail': [
    { by: 'self', do: 'rename', whom: 'hr', email: 'fresh' },
    { by: 'self', do: 'enter', whom: 'hr' },
    { by: 'puppet', do: 'adjust', whom: 'self', amount: 1_000_000 },
  ],
};
