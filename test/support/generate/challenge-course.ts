import fc from 'fast-check';

export const sellers = ['ana', 'ben', 'cyd'] as const;
type Seller = (typeof sellers)[number];

/** One step in the life of a challenge of March; plain data, so that a counterexample can be read. */
export type Step =
  | { do: 'sell'; id: number; who: Seller; amount: number; day: string }
  | { do: 'void'; id: number }
  | { do: 'amend'; rules: number; to: string; preview: boolean }
  | { do: 'leave'; who: Seller; on: string | null }
  | { do: 'wait'; days: number }
  | { do: 'certify' }
  | { do: 'cancel' };

const perUnit = { type: 'per-unit', kpi: 'revenue', score: '1', per: '1', cap: '500' };
const thirds = { type: 'per-unit', kpi: 'revenue', score: '7', per: '3', cap: '1500' };

/** Mechanics that a challenge may begin with, or be amended to. */
export const mechanics: readonly object[][] = [
  [perUnit],
  [{ ...perUnit, score: '3', per: '7', units: 'each' }],
  [
    { type: 'per-unit', kpi: 'sales-count', score: '50', per: '1', dailyCap: '100', cap: '400' },
    thirds,
    { type: 'rank-bonus', kpi: 'revenue', scores: ['90', '40', '9'] },
  ],
  [
    perUnit,
    { type: 'first-to', kpi: 'revenue', threshold: '60', scores: ['80'] },
    { type: 'quality-gate', kpi: 'sales-count', atLeast: '2', rules: [0] },
  ],
];

/** What it pays: shared places, a threshold on the way, and so much for each score. */
export const payout = [
  { kind: 'rank', points: [101, 50] },
  { kind: 'threshold', score: '100', points: 7, when: 'live' },
  { kind: 'per-score', points: 1, per: '3', cap: 60 },
  { kind: 'prize', place: 1, prize: 'Un vélo' },
];

const id = fc.nat({ max: 5 });
const who = fc.constantFrom(...sellers);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('sell' as const),
      id,
      who,
      amount: fc.constantFrom(0, 1, 50, 50, 99, 100, 250),
      day: fc.constantFrom('2026-02-28', '2026-03-01', '2026-03-08', '2026-03-09', '2026-03-31'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('void' as const), id }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('amend' as const),
      rules: fc.nat({ max: mechanics.length - 1 }),
      to: fc.constantFrom('2026-03-09', '2026-04-01', '2026-04-01'),
      preview: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('leave' as const),
      who,
      on: fc.constantFrom(null, '2026-03-05', '2026-03-31'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.nat({ max: 9 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'certify' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'cancel' as const }) },
);

export interface Life {
  first: number;
  ties: 'earliest' | 'shared';
  leavers: 'stay' | 'leave';
  graceDays: number;
  steps: Step[];
}

/** From its launch to whatever it comes to. */
export const anyLife: fc.Arbitrary<Life> = fc.record({
  first: fc.nat({ max: mechanics.length - 1 }),
  ties: fc.constantFrom('earliest', 'shared'),
  leavers: fc.constantFrom('stay', 'leave'),
  graceDays: fc.constantFrom(0, 3, 20),
  steps: fc.array(anyStep, { minLength: 5, maxLength: 30 }),
});
