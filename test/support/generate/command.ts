import { verdicts, type Verdict } from '@palmares/shared/activity/verdict';
import type { Measure } from '@palmares/shared/kpi/measure';
import fc from 'fast-check';
import { someTypes } from '../../../shared/src/activity/activity.arbitrary.js';
import { anyMeasure } from '../../../shared/src/kpi/measure.arbitrary.js';

/** An activity as it is posted; the members of the last two names are not there at first. */
export type Item = { externalId: string } & Record<string, unknown>;

/** For whom a challenge is. */
export interface For {
  only?: string;
  teams?: { by: 'sum' | 'per-head'; named?: TeamName[] };
  /** The reps of these teams. */
  repsOf?: TeamName[];
  joiners?: 'stay-out';
  leavers?: 'leave';
  observer?: string;
  minimum?: string;
}

export const teamNames = ['region', 'north', 'south'] as const;
export type TeamName = (typeof teamNames)[number];

/** One step of a course; plain data, so that a counterexample can be read. */
export type Command =
  | { do: 'post'; items: Item[]; mode: 'partial' | 'atomic'; importNumber?: number }
  | { do: 'post-again' }
  | { do: 'void' | 'restore'; id: string }
  | { do: 'judge'; id: string; verdict: Verdict }
  | { do: 'undo'; importNumber: number }
  | { do: 'join'; name: string }
  | { do: 'launch'; from: string; to: string; rules: object[]; for: For }
  | {
      do: 'move';
      name: string;
      teams: { team: TeamName; from: string | null; to: string | null }[];
    }
  | { do: 'leave'; name: string; on: string | null }
  | { do: 'hang'; team: TeamName; under: TeamName | null }
  | { do: 'keep'; measure: Measure }
  | { do: 'rebuild' };

export const known = ['zoe', 'ali'] as const;
export const strangers = ['eve', 'bob'] as const;
const names = [...known, ...strangers, 'zoe', 'ali'];
const member = fc.constantFrom(...names).map((externalId) => ({ externalId }));

const weights = fc.constantFrom(
  ['0.5', '0.5'],
  ['0.3333', '0.3333', '0.3334'],
  ['0.0001', '0.9999'],
  ['1'],
);
const shares = fc
  .tuple(fc.shuffledSubarray([...names], { minLength: 3, maxLength: 3 }), weights)
  .map(([who, parts]) =>
    parts.map((weight, at) => ({ member: { externalId: who[at] ?? 'zoe' }, weight })),
  );

const whose = fc.oneof(
  { weight: 5, arbitrary: fc.record({ member }) },
  { weight: 2, arbitrary: fc.record({ shares }) },
  { weight: 1, arbitrary: fc.constant({}) },
);

const line = fc.record(
  {
    product: fc.constantFrom('A', 'B', 'C'),
    amount: fc.constantFrom('0', '0.0001', '7', '1000000'),
    quantity: fc.constantFrom(0, 1, '2.5'),
    cost: fc.constantFrom('0.3', 4),
  },
  { requiredKeys: ['product'] },
);
const amount = fc.constantFrom('0', '0.0001', '1.0001', '123.4567', '100000000');
const quantity = fc.constantFrom(0, 1, 9, 10, '7.0001');
const worth = fc.oneof(
  fc.record({ amount, quantity }, { requiredKeys: [] }),
  fc.record(
    { amount, quantity, product: fc.constantFrom('A', 'B') },
    { requiredKeys: ['product'] },
  ),
  fc.record({ lines: fc.array(line, { minLength: 1, maxLength: 3 }) }),
);

/** Bare days, and the last and first instants of a day in zones −11, 0, +1 and +14. */
const when = fc.oneof(
  fc.constantFrom('2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02', '2026-04-01'),
  fc
    .tuple(
      fc.constantFrom('2026-02-27', '2026-02-28', '2026-03-01', '2026-03-31'),
      fc.constantFrom(
        '09:59:59.999',
        '10:00:00',
        '10:59:59.999',
        '11:00:00',
        '22:30:00',
        '23:59:59',
      ),
    )
    .map(([day, time]) => `${day}T${time}Z`),
);

/** The last two are in one order by code points and in the other by halves of surrogates. */
const ids = ['0', '1', '2', '3', '4', '5', '😀', '\uFF5E'];
const facts = fc.record(
  {
    version: fc.constantFrom(1, 2, 3, 4, '1970-01-01T00:00:00.003Z'),
    item: fc.constantFrom('deal-1', 'deal-2'),
    openedAt: fc.constantFrom('2026-02-20', '2026-03-01', '2026-02-28T10:00:00Z'),
    customer: fc.constantFrom('ana', 'ben'),
    region: fc.constantFrom('West', 'East'),
    attributes: fc.constantFrom({ b: 1, aa: 'x' }, { aa: 'x', b: 1 }, { c: null }),
  },
  { requiredKeys: [] },
);

const anyItem: fc.Arbitrary<Item> = fc
  .record({
    externalId: fc.constantFrom(...ids),
    source: fc.constantFrom('crm', 'crm', 'crm', 'erp'),
    type: fc.constantFrom('deal.won', ...someTypes),
    occurredAt: when,
    void: fc.constantFrom(false, false, false, false, false, false, true),
    facts,
    whose,
    worth,
  })
  .map(({ facts: said, whose: who, worth: value, ...rest }) => {
    return { ...rest, ...said, ...who, ...value };
  });

/** Now and then one that cannot be read. */
export const anyPosted = fc.oneof(
  { weight: 15, arbitrary: anyItem },
  { weight: 1, arbitrary: anyItem.map((one) => ({ ...one, amount: '-1' })) },
  { weight: 1, arbitrary: anyItem.map((one) => ({ ...one, type: 'deal.imagined' })) },
);
const nameOf = ({ source, externalId }: Item) => `${String(source)} ${externalId}`;
const items = fc.oneof(
  { weight: 3, arbitrary: fc.uniqueArray(anyPosted, { maxLength: 6, selector: nameOf }) },
  { weight: 1, arbitrary: fc.array(anyPosted, { maxLength: 6 }) },
);

const importNumber = fc.constantFrom(1, 2, 3);
const post = fc.record(
  {
    do: fc.constant('post' as const),
    items,
    mode: fc.constantFrom('partial' as const, 'partial' as const, 'atomic' as const),
    importNumber,
  },
  { requiredKeys: ['do', 'items', 'mode'] },
);

const filters = fc.constantFrom({}, {}, { region: ['West'] }, { product: ['A'] });
const summed = fc.constantFrom('revenue', 'sales-count', 'new-customers', 'active-customers');
const scores = fc.constantFrom(['10'], ['10', '5', '1'], ['3', '3', '3', '3']);
const kind = <Name extends string>(type: Name) => fc.constant(type);

export const anyRule = fc.oneof(
  fc.record({
    type: kind('per-unit'),
    kpi: summed,
    score: fc.constantFrom('1', '0.5', '7'),
    per: fc.constantFrom('1', '3', '1000'),
    filters,
    whole: fc.boolean(),
    dailyCap: fc.constantFrom(null, null, '2'),
    cap: fc.constantFrom(null, null, '5'),
    weights: fc.constantFrom(null, null, {
      by: 'region' as const,
      factors: [{ values: ['West'], factor: '2.5' }],
    }),
  }),
  fc.record({
    type: kind('milestone'),
    kpi: summed,
    filters,
    mode: fc.constantFrom('cumulative', 'highest'),
    thresholds: fc.constant([
      { at: '1', score: '2' },
      { at: '100', score: '5' },
    ]),
  }),
  fc.record({
    type: kind('improvement'),
    kpi: summed,
    score: fc.constantFrom('1', '3'),
    since: fc.constantFrom('previous', 'last-year'),
  }),
  fc.record({
    type: kind('rank-bonus'),
    kpi: fc.constantFrom('revenue', 'win-rate', 'average-sale', 'sales-cycle'),
    filters,
    scores,
  }),
  fc.record({
    type: kind('first-to'),
    kpi: summed,
    threshold: fc.constantFrom('1', '50'),
    scores,
  }),
  fc.record({ type: kind('best-single'), kpi: fc.constantFrom('revenue'), filters, scores }),
);

/** Some rules, the first of which may be guarded by a gate. */
const anyRules = fc
  .tuple(
    fc.array(anyRule, { minLength: 1, maxLength: 3 }),
    fc.option(
      fc.record({
        type: kind('quality-gate'),
        kpi: fc.constantFrom('win-rate', 'sales-count'),
        atLeast: fc.constantFrom('0.5', '1'),
        minimumDenominator: fc.constantFrom('0', '2'),
        whenUnknown: fc.constantFrom('pass', 'hold'),
        rules: fc.constant([0]),
      }),
    ),
  )
  .map(([rules, gate]): object[] => (gate ? [...rules, gate] : rules));

const teams = fc.record(
  {
    by: fc.constantFrom('sum' as const, 'per-head' as const),
    named: fc.shuffledSubarray([...teamNames], { minLength: 1 }),
  },
  { requiredKeys: ['by'] },
);
const repsOf = fc.shuffledSubarray([...teamNames], { minLength: 1 });
const joiners = fc.constant('stay-out' as const);
const leavers = fc.constant('leave' as const);
const observer = fc.constantFrom(...known);
const minimum = fc.constantFrom('0', '5');

const launch = fc.record(
  {
    do: fc.constant('launch' as const),
    from: fc.constantFrom('2026-02-28', '2026-03-01'),
    to: fc.constantFrom('2026-03-02', '2026-04-01', '2026-04-02'),
    rules: anyRules,
    for: fc.oneof(
      fc.record({ only: fc.constantFrom(...known), leavers, minimum }, { requiredKeys: ['only'] }),
      fc.record({ joiners, leavers, observer, minimum }, { requiredKeys: [] }),
      {
        weight: 4,
        arbitrary: fc.record(
          { repsOf, joiners, leavers, observer, minimum },
          { requiredKeys: ['repsOf'] },
        ),
      },
      {
        weight: 5,
        arbitrary: fc.record({ teams, joiners, observer, minimum }, { requiredKeys: ['teams'] }),
      },
    ),
  },
  { requiredKeys: ['do', 'from', 'to', 'rules', 'for'] },
);

/** Days of two teams that follow each other, or of one. */
const move = fc.record({
  do: fc.constant('move' as const),
  name: fc.constantFrom(...known, ...strangers),
  teams: fc
    .tuple(
      fc.constantFrom(null, '2026-02-28', '2026-03-02'),
      fc.constantFrom(null, '2026-03-02', '2026-03-20'),
      fc.shuffledSubarray([...teamNames], { maxLength: 2 }),
    )
    .map(([from, between, [one, other]]) => {
      const moves = between !== null && between > (from ?? '') && other !== undefined;
      const first = one ? [{ team: one, from, to: moves ? between : null }] : [];
      return moves ? [...first, { team: other, from: between, to: null }] : first;
    }),
});
const leave = fc.record({
  do: fc.constant('leave' as const),
  name: fc.constantFrom(...known, ...strangers),
  on: fc.constantFrom(null, '2026-03-01', '2026-03-20', '2026-05-01'),
});
const hang = fc.constantFrom<Command & { do: 'hang' }>(
  { do: 'hang', team: 'north', under: null },
  { do: 'hang', team: 'north', under: 'south' },
  { do: 'hang', team: 'south', under: 'region' },
  { do: 'hang', team: 'south', under: null },
);

const id = fc.constantFrom(...ids);
const one = <Name extends string>(name: Name) => fc.constant(name);
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 12, arbitrary: post },
  { weight: 2, arbitrary: fc.record({ do: one('post-again') }) },
  { weight: 2, arbitrary: fc.record({ do: one('void'), id }) },
  { weight: 2, arbitrary: fc.record({ do: one('restore'), id }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: one('judge'), id, verdict: fc.constantFrom(...verdicts) }),
  },
  { weight: 2, arbitrary: fc.record({ do: one('undo'), importNumber }) },
  { weight: 1, arbitrary: fc.record({ do: one('join'), name: fc.constantFrom(...strangers) }) },
  { weight: 3, arbitrary: launch },
  { weight: 3, arbitrary: move },
  { weight: 1, arbitrary: leave },
  { weight: 1, arbitrary: hang },
  { weight: 3, arbitrary: fc.record({ do: one('keep'), measure: anyMeasure }) },
  { weight: 1, arbitrary: fc.record({ do: one('rebuild') }) },
);

/** Some thirty commands on the average. */
export const anyCourse = fc.array(anyCommand, { maxLength: 60, size: 'max' });

/** Zones far from each other; the first is that of most organisations. */
export const anyZone = fc.constantFrom(
  'Europe/Paris',
  'Europe/Paris',
  'Pacific/Pago_Pago',
  'Pacific/Kiritimati',
);
