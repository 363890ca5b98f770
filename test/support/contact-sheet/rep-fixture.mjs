// A made-up rep in the real shapes, for pictures only: the product never sees them.
import { boardOf, challengeId, entriesOf } from './fixture.mjs';

export const me = 'b0000000-0000-4000-8000-000000000001';
const other = '5d0c8f0e-41f7-4f0e-8a53-2f1d6a7a0002';
export const team = 'e0000000-0000-4000-8000-000000000001';

/** The rows of a board, one of which is whoever is signed in. */
export function mine(entries, at) {
  return entries.map((one, index) =>
    index === at ? { ...one, subject: { ...one.subject, id: me, label: 'Claire Delmas' } } : one,
  );
}

export const boardWith = (rows, more = {}) => ({
  ...boardOf(rows, more),
  view: { policy: 'audience', me, window: null },
});

/** Those whom the policy hides: neither among the best nor beside me. */
export const masked = (rows) =>
  rows.map((one, index) =>
    index > 2 && Math.abs(index - 8) > 3 ? { ...one, subject: { ...one.subject, label: null } } : one,
  );

export const challengeOf = (more = {}) => ({
  id: challengeId,
  name: 'Sprint d’automne, rénovation énergétique',
  from: '2026-10-01',
  to: '2026-11-01',
  audience: { kind: 'everyone' },
  joiners: 'enter',
  leavers: 'stay',
  observers: [],
  rules: [
    { type: 'per-unit', kpi: 'sales-count', score: '12', per: '1' },
    { type: 'per-unit', kpi: 'revenue', score: '1', per: '1000' },
    {
      type: 'milestone',
      kpi: 'revenue',
      mode: 'cumulative',
      thresholds: [
        { at: '100000', score: '100' },
        { at: '250000', score: '100' },
        { at: '400000', score: '100' },
      ],
    },
  ],
  payout: [
    { kind: 'prize', place: 1, prize: 'Week-end à Lisbonne' },
    { kind: 'prize', place: 2, prize: 'Dîner étoilé pour deux' },
    { kind: 'rank', points: [500, 300, 200, 100] },
  ],
  ties: 'earliest',
  visibility: 'audience',
  graceDays: 5,
  status: 'live',
  version: 1,
  createdAt: '2026-09-20T08:00:00Z',
  launchedAt: '2026-09-25T08:00:00Z',
  certifiedAt: null,
  cancelledAt: null,
  cancelReason: null,
  ...more,
});
export const coming = challengeOf({ id: other, name: 'Grand challenge de Noël', from: '2026-12-01', to: '2027-01-01', status: 'scheduled' });
export const second = challengeOf({
  id: 'a0d0c8f0-41f7-4f0e-8a53-2f1d6a7a0003',
  name: 'Premiers rendez-vous',
  to: '2026-10-24',
  rules: [{ type: 'per-unit', kpi: 'visits', score: '1', per: '1' }],
});
export const past = challengeOf({ id: 'c0d0c8f0-41f7-4f0e-8a53-2f1d6a7a0004', name: 'Rentrée gagnante', from: '2026-09-01', to: '2026-10-01', status: 'certified', certifiedAt: '2026-10-06T08:00:00Z' });

const measure = (name, types, count, sum) => ({
  node: 'measure',
  by: 'sum',
  id: 'd0000000-0000-4000-8000-000000000001',
  name,
  sign: name === 'refunds' ? -1 : 1,
  aggregation: name === 'sales' ? 'count' : 'sum',
  types,
  filters: {},
  count,
  sum,
  days: Array.from({ length: 14 }, (_, day) => ({ day: `2026-10-${String(day + 1).padStart(2, '0')}`, count: '3', sum: '29454.3' })),
});
const kpi = (code, fr, en, value, measures) => ({
  node: 'kpi',
  by: 'formula',
  reading: 'all',
  kpi: code,
  name: { fr, en },
  value,
  reason: null,
  numerator: value,
  denominator: null,
  count: 41,
  measures,
});
const rule = (index, by, sentence, score, kpis, more = {}) => ({
  node: 'rule',
  by,
  index,
  rule: {},
  sentence,
  score,
  own: score,
  bonus: '0',
  held: '0',
  heldBy: [],
  reason: null,
  met: null,
  place: null,
  cuts: [],
  frozen: null,
  kpis,
  ...more,
});
const revenue = kpi('revenue', 'Chiffre d’affaires net', 'Net revenue', '412360', [
  measure('won', ['deal.won'], '41', '418360'),
  measure('refunds', ['sale.refunded'], '2', '6000'),
]);

export const proof = {
  node: 'score',
  by: 'sum',
  challengeId,
  version: 40,
  from: '2026-10-01',
  to: '2026-11-01',
  subject: { type: 'member', id: me, label: 'Claire Delmas' },
  heads: null,
  score: '1198.36',
  rank: 4,
  held: '0',
  reason: null,
  reachedAt: '2026-10-21',
  rules: [
    rule(0, 'per-unit', { fr: '12 par vente', en: '12 for each sale' }, '486', [
      kpi('sales-count', 'Ventes', 'Sales', 40.5, [measure('sales', ['deal.won'], '40.5', '40.5')]),
    ]),
    rule(1, 'per-unit', { fr: '1 par tranche de 1 000 € de chiffre d’affaires net', en: '1 for each €1,000 of net revenue' }, '412.36', [revenue]),
    rule(2, 'milestone', { fr: 'Chiffre d’affaires net : 100 à partir de 100 000 €, 100 à partir de 250 000 € et 100 à partir de 400 000 € (paliers cumulables)', en: 'Net revenue: 100 from €100,000, 100 from €250,000 and 100 from €400,000 (thresholds add up)' }, '300', [revenue], {
      rule: {
        type: 'milestone',
        kpi: 'revenue',
        mode: 'cumulative',
        thresholds: ['100000', '250000', '400000', '500000'].map((at) => ({ at, score: '100' })),
      },
    }),
    rule(3, 'quality-gate', { fr: 'Compte seulement si le taux de transformation est d’au moins 40 %', en: 'Counts only if the win rate is at least 40%' }, '0', [], { met: true }),
  ],
};

export const leaves = {
  version: 40,
  nextCursor: '20',
  items: ['Mme Perrin', 'SCI Les Tilleuls', 'M. et Mme Bernard-Delacroix de la Tour'].map((customer, index) => ({
    node: 'activity',
    id: `crm~S-${4180 + index}`,
    source: 'crm',
    externalId: `S-${4180 + index}`,
    revision: 1,
    seq: 30,
    recordedAt: '2026-10-12T08:00:00Z',
    type: 'deal.won',
    occurredOn: `2026-10-${12 + index}`,
    occurredAt: null,
    item: null,
    customer,
    amount: '9850.5',
    quantity: null,
    weight: index === 2 ? '0.5' : '1',
    lines: [{ product: 'PAC air-eau', quantity: '1', amount: '9850.5' }],
    verdict: null,
    withheld: false,
    count: '1',
    sum: '9850.5',
  })),
};
/** The same under a measure that counts. */
export const counted = {
  ...leaves,
  items: leaves.items.map((leaf) => ({ ...leaf, count: leaf.weight, sum: leaf.weight })),
};
export const without = {
  version: 40,
  id: 'crm~S-4180',
  counts: true,
  with: { score: '1284', rank: 4, reason: null, reachedAt: '2026-10-21' },
  without: { score: '1262.15', rank: 5, reason: null, reachedAt: '2026-10-20' },
};

const days = [1, 2, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 19, 20, 21, 22].map((day) => `2026-10-${String(day).padStart(2, '0')}`);
/** Who stood where, a few days at a time. */
const orders = ['543210', '453201', '415302', '413052', '103425', '012345'].map((order) =>
  Array.from(order, Number),
);
export const race = {
  challengeId,
  days,
  lines: ['Inès Marchand', 'Thomas Le Goff', 'Karim Benali', 'Claire Delmas', 'Hugo Pereira', 'Maëlle Caron'].map((label, at) => ({
    subject: { type: 'member', id: at === 3 ? me : `${at}`, label },
    me: at === 3,
    ranks: days.map((_day, index) => orders[Math.floor(index / 3)].indexOf(at) + 1),
    scores: days.map((_day, index) => String(index * 40)),
  })),
};

export const termsOf = (acknowledgedAt) => ({
  challengeId,
  version: 2,
  current: 2,
  publishedAt: '2026-10-02T08:00:00Z',
  document: {
    locale: 'fr',
    title: 'Règlement : Sprint d’automne',
    sections: [
      { key: 'purpose', title: 'Objet', paragraphs: ['Habitat Durable organise ce challenge du 1er au 31 octobre 2026 (Europe/Paris).'], language: 'fr', edited: false },
      { key: 'rules', title: 'Mécaniques', paragraphs: ['1. 12 par vente.', '2. 1 par tranche de 1 000 € de chiffre d’affaires net.'], language: 'fr', edited: false },
    ],
  },
  clauses: {},
  versions: [],
  acknowledgedAt,
});

const late = (rows) => rows.map((one, index) => (index % 9 === 2 ? { ...one, score: String(Number(one.score) - 24) } : one));
export const rows = mine(entriesOf.full(), 3);
export const before = boardWith(late(rows));

export const wallet = {
  memberId: me,
  wallets: [{ currency: 'points', available: 8450, pending: 120, held: 400, owed: 0, nextExpiry: { on: '2027-01-01', amount: 320 } }],
};
const posting = (line, more) => ({
  id: `f0000000-0000-4000-8000-00000000000${line}`,
  line,
  postedAt: `2026-10-${10 + line}T09:12:00Z`,
  reference: 'challenge/x/0',
  reason: 'Rentrée gagnante',
  from: 'budget',
  to: 'available',
  amount: 500,
  change: 500,
  available: 8450,
  reverses: null,
  ...more,
});
export const postings = {
  nextCursor: '3',
  items: [
    posting(6, {}),
    posting(5, { reason: 'Carte cadeau Décathlon', from: 'available', to: 'held', reference: 'order/1', amount: 400, change: -400, available: 7950 }),
    posting(4, { reason: 'Vente annulée après coup', from: 'available', to: 'budget', reverses: 'x', amount: 50, change: -50, available: 8350 }),
    posting(3, { reason: 'Coup de pouce du directeur régional', reference: 'adjustment/1', amount: 200, change: 200, available: 8400 }),
  ],
};
const lot = (index, expiresOn, available, pending = 0) => ({ id: `f0000000-0000-4000-8000-0000000001${index}0`, reference: 'x', regime: 'x', earnedAt: '2026-03-01T00:00:00Z', expiresOn, amount: available, available, pending, held: 0 });
export const lots = [lot(1, '2027-01-01', 320), lot(2, '2027-07-01', 4130, 120), lot(3, '2028-01-01', 4000)];
export const upcoming = { items: [{ challengeId, name: 'Sprint d’automne, rénovation énergétique', rank: 4, points: 100, prizes: [] }, { challengeId: other, name: 'Premiers rendez-vous', rank: 1, points: 250, prizes: ['Dîner étoilé pour deux'] }] };

const notice = (index, about, readAt = null) => ({ id: `f0000000-0000-4000-8000-00000000020${index}`, about: { challengeId, challengeName: 'Sprint d’automne', ...about }, createdAt: `2026-10-2${index}T09:05:00Z`, readAt });
export const notices = {
  unread: 2,
  nextCursor: null,
  items: [
    notice(2, { kind: 'dispute.resolved', disputeId: team, outcome: 'accepted' }),
    notice(1, { kind: 'terms.published', version: 2 }),
    notice(0, { kind: 'terms.reminder', version: 1 }, '2026-10-20T10:00:00Z'),
  ],
};

const dispute = (index, more) => ({
  id: `f0000000-0000-4000-8000-00000000030${index}`,
  challenge: { id: challengeId, name: 'Sprint d’automne, rénovation énergétique' },
  kind: 'missing',
  activityId: null,
  reporter: { id: me, name: 'Claire Delmas' },
  text: 'La vente de Mme Perrin du 12 octobre n’apparaît pas, alors que le devis est signé.',
  expected: { occurredOn: '2026-10-12', customer: 'Mme Perrin', reference: 'S-4188' },
  status: 'open',
  answer: null,
  resolvedBy: null,
  createdAt: '2026-10-20T14:12:00Z',
  resolvedAt: null,
  mayResolve: false,
  ...more,
});
const answered = { resolvedBy: { id: team, name: 'Marc Vasseur' }, resolvedAt: '2026-10-21T16:40:00Z' };
export const disputes = [
  dispute(1, {}),
  dispute(2, { kind: 'wrong', status: 'accepted', text: 'Le montant est celui d’avant la remise.', expected: null, answer: 'Corrigé ce matin dans le CRM, merci.', ...answered }),
  dispute(3, { status: 'rejected', answer: 'Cette vente a été signée en septembre : elle compte pour le challenge d’avant.', ...answered }),
];

/** My target of the month, and where I shall land. */
export const results = (value, more) => ({
  kpi: 'target-attainment',
  unit: 'rate',
  period: '2026-10',
  from: '2026-10-01',
  to: '2026-11-01',
  by: 'member',
  mature: null,
  rows: [{ subject: { type: 'member', id: me, label: 'Claire Delmas' }, rank: 1, value, reason: value === null ? 'no-target' : null, numerator: '412360', denominator: '528000', count: 41, compare: null, ...more }],
  total: { value, reason: null, numerator: null, denominator: null, count: 0, compare: null },
  nextCursor: null,
});

export const prizes = {
  items: [
    {
      challengeId: other,
      name: 'Rentrée gagnante',
      prize: 'Une journée au volant',
      teamId: null,
      wonAt: '2026-10-16T09:12:00.000Z',
    },
  ],
};

const way = (kpi, fr, en, amount) => ({ rule: 0, kpi, name: { fr, en }, unit: 'count', amount });
const sales = (count) => way('sales-count', 'Ventes', 'Sales', count * 10_000);
const visits = (count) => way('visits', 'Visites', 'Visits', count * 10_000);

export const places = {
  fourth: {
    rank: 4,
    score: '1308.566',
    total: 35,
    above: { name: 'Jeanne Ølgaard', rank: 3, gap: '60.192', way: sales(6) },
    below: { name: 'Éloïse Nguyen', rank: 5, gap: '59.619', way: sales(5) },
  },
  first: {
    rank: 1,
    score: '1502.4',
    total: 5,
    below: { name: 'Chloé Caron', rank: 2, gap: '68.342', way: visits(69) },
  },
  second: {
    rank: 2,
    score: '1434.058',
    total: 35,
    above: { name: 'Inès Marchand', rank: 1, gap: '68.342' },
    below: { name: 'Jeanne Ølgaard', rank: 3, gap: '65.3' },
  },
};
