// Made-up challenges, their cost and their end in the real shapes, for pictures only.

const idOf = (kind, index) => `${kind}0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
export const draftId = idOf('9', 1);
export const overId = idOf('9', 3);

const definition = {
  audience: { kind: 'team-members', teamIds: [idOf('d', 1), idOf('d', 3)] },
  joiners: 'enter',
  leavers: 'stay',
  observers: [],
  minimum: null,
  visibility: 'audience',
  rules: [
    { type: 'per-unit', kpi: 'sales-count', score: '12', per: '1', filters: {}, whole: false },
    { type: 'per-unit', kpi: 'revenue', score: '1', per: '1000', filters: { channel: ['web', 'agence'] }, whole: true, cap: '500' },
    {
      type: 'milestone',
      kpi: 'revenue',
      filters: {},
      mode: 'cumulative',
      thresholds: [{ at: '10000', score: '100' }, { at: '25000', score: '200' }, { at: '50000', score: '400' }],
    },
  ],
  payout: [
    { kind: 'prize', place: 1, prize: 'Un week-end à Lisbonne' },
    { kind: 'rank', points: [1000, 600, 400] },
  ],
  ties: 'earliest',
  graceDays: 5,
};

const challenge = (index, name, status, from, to, more = {}) => ({
  id: idOf('9', index),
  name,
  from,
  to,
  ...definition,
  status,
  version: status === 'draft' || status === 'awaiting-countersign' ? null : 1,
  createdAt: '2026-09-20T08:00:00Z',
  launchedAt: status === 'draft' || status === 'awaiting-countersign' ? null : '2026-09-28T08:00:00Z',
  certifiedAt: status === 'certified' ? '2026-10-04T09:30:00Z' : null,
  cancelledAt: status === 'cancelled' ? '2026-08-02T09:30:00Z' : null,
  cancelReason: status === 'cancelled' ? 'Les tarifs changent en cours de mois.' : null,
  maySteer: true,
  ...more,
});

export const challenges = [
  challenge(1, 'Sprint de novembre', 'draft', '2026-11-01', '2026-12-01'),
  challenge(2, 'Sprint d’automne, rénovation énergétique', 'live', '2026-10-01', '2026-11-01'),
  challenge(3, 'La rentrée des pompes à chaleur', 'provisional', '2026-09-01', '2026-10-20'),
  challenge(4, 'Le match des équipes', 'certified', '2026-09-01', '2026-10-01', { audience: { kind: 'teams', by: 'per-head' }, payout: [] }),
  challenge(5, 'Vacances : course aux paliers pour les équipes d’Auvergne-Rhône-Alpes', 'cancelled', '2026-07-01', '2026-08-01'),
  challenge(6, 'Premier arrivé', 'scheduled', '2026-11-09', '2026-11-23', { audience: { kind: 'everyone' }, maySteer: false }),
];
export const [draft, live, over] = challenges;

/** A draft with something wrong on most of its steps. */
export const faulty = {
  ...draft,
  name: '',
  to: '2026-10-01',
  rules: [{ ...definition.rules[0], score: 'beaucoup' }],
  payout: [{ kind: 'per-score', points: 10, per: '1', cap: null }],
};

export const cost = { subjects: 48, points: 2000, unbounded: [] };
export const termsOf = (id) => ({
  challengeId: id,
  version: null,
  current: null,
  publishedAt: null,
  document: { locale: 'fr', title: '', sections: [] },
  clauses: { object: { fr: 'Un mois pour remettre le chauffage au centre.\n\nEt pour fêter ceux qui y arrivent.' } },
  versions: [],
  acknowledgedAt: null,
});

const NAMES = ['Inès Marchand', 'Thomas Le Goff', 'Karim Benali', 'Léa Fontaine', 'Marie-Antoinette Delacroix-Montmorency de Villeneuve', 'Hugo Pereira', 'Maëlle Caron'];
const place = (rank, score) => ({ rank, score });
export const moved = [
  { subject: { id: idOf('e', 0), label: NAMES[0] }, before: place(2, '1466'), after: place(1, '1502.5') },
  { subject: { id: idOf('e', 1), label: NAMES[1] }, before: place(1, '1480'), after: place(2, '1466') },
  { subject: { id: idOf('e', 4), label: NAMES[4] }, before: null, after: place(9, '12') },
];
/** What an amendment brings in, and what it costs. */
export const entered = {
  entering: [{ id: idOf('e', 3), label: 'Léa Fontaine' }, { id: idOf('e', 5), label: 'Karim Benali' }],
  cost: { before: { subjects: 24, points: 2000, unbounded: [] }, after: { subjects: 26, points: 2150, unbounded: [] } },
};
export const differences = { since: '2026-10-20T00:00:00Z', items: moved };

export const standings = {
  challengeId: overId,
  version: 41,
  status: 'provisional',
  asOf: '2026-10-22T12:04:00.000Z',
  total: NAMES.length,
  rows: NAMES.map((label, index) => ({
    rank: index === 3 ? 3 : index + 1,
    subject: { type: 'member', id: idOf('e', index), label },
    score: String(1502.5 - index * 71),
    reachedAt: '2026-10-18',
    reason: null,
  })),
};

const awards = [
  [1, 0, 'Un week-end à Lisbonne', 0],
  [1, 1000, null, 0],
  [2, 600, null, 1],
  [3, 200, null, 2],
  [3, 200, null, 3],
].map(([rank, points, prize, index]) => ({ line: prize ? 0 : 1, subjectId: idOf('e', index), label: NAMES[index], rank, points, prize }));

export const certification = {
  status: 'provisional',
  certifiesOn: '2026-10-25',
  waiting: 3,
  disputes: [{ id: idOf('7', 1), kind: 'missing', reporterId: idOf('e', 4), createdAt: '2026-10-21T08:00:00Z' }],
  awards,
  points: 2000,
  signatures: [],
  gains: false,
  paid: true,
  why: null,
  byTime: true,
  waitsFor: { order: 'hr', members: [{ id: idOf('b', 3), name: 'Rita Moreau' }] },
  certifiedAt: null,
};
export const signedOnce = { ...certification, waiting: 0, disputes: [], gains: true, why: 'gains', byTime: false, signatures: [{ signature: `member:${idOf('b', 2)}`, gains: true, why: 'gains', signedAt: '2026-10-22T09:00:00Z' }] };
export const certified = { ...certification, status: 'certified', waiting: 0, disputes: [], signatures: [{ signature: `member:${idOf('b', 1)}`, gains: false, why: null, signedAt: '2026-10-22T09:00:00Z' }], certifiedAt: '2026-10-22T09:00:00Z' };
/** HR whose account is from somebody who gains: the operator has to sign. */
export const puppet = { ...signedOnce, gains: false, why: 'account-from-gainer', waitsFor: { order: 'operator', members: [] } };
export const asked = challenge(7, 'Grand prix du solaire', 'awaiting-countersign', '2026-11-09', '2026-12-07', { countersignAskedAt: '2026-10-22T09:00:00Z' });
const request = {
  challengeId: asked.id,
  name: asked.name,
  from: asked.from,
  to: asked.to,
  askedAt: '2026-10-22T09:00:00Z',
  points: 84000,
  subjects: 48,
  teams: false,
  authors: [{ signature: `member:${idOf('b', 2)}`, name: 'Paul Armand' }],
  waitsFor: { order: 'hr', members: [{ id: idOf('b', 3), name: 'Rita Moreau' }] },
  why: null,
};
export const countersigns = [
  request,
  { ...request, challengeId: idOf('9', 8), name: 'La course des agences de Bretagne', points: 61500, subjects: 12, teams: true, why: 'account-from-gainer', waitsFor: { order: 'lead', members: [] } },
];
export const ceilings = { perChallenge: 50000, perAuthorAndMonth: 100000 };
export const operatorSignatures = [
  { challengeId: idOf('9', 3), organisation: { id: idOf('a', 1), name: 'Habitat Durable' }, name: 'La rentrée des pompes à chaleur', from: '2026-09-01', to: '2026-10-20', what: 'certify', points: 2000, why: null },
  { challengeId: idOf('9', 7), organisation: { id: idOf('a', 1), name: 'Habitat Durable' }, name: 'Grand prix du solaire', from: '2026-11-09', to: '2026-12-07', what: 'countersign', points: 84000, why: 'gains' },
];
export const roll = { version: 1, acknowledged: 41, missing: 7, items: [], nextCursor: null };

export const signerId = idOf('b', 2);

const report = (index, more) => ({
  id: idOf('7', index),
  challenge: { id: overId, name: 'La rentrée des pompes à chaleur' },
  kind: 'wrong',
  activityId: null,
  reporter: { id: idOf('e', index), name: NAMES[index] },
  text: 'Cette vente est de 12 500 €, l’avenant a été signé le 3.\nLe bon de commande est joint au dossier.',
  expected: null,
  status: 'open',
  answer: null,
  resolvedBy: null,
  createdAt: `2026-10-1${index}T08:00:00Z`,
  resolvedAt: null,
  mayResolve: true,
  ...more,
});
export const disputes = [
  report(0, { activityId: 'crm~1C1I7A6R', expected: { amount: '12500', occurredOn: '2026-10-03' } }),
  report(4, { kind: 'missing', text: 'La vente Menuiserie Ker Breizh n’apparaît pas.', expected: { customer: 'Menuiserie Ker Breizh', amount: '8400', reference: 'DEV-2026-118' }, mayResolve: false }),
  report(2, { kind: 'missing', status: 'rejected', answer: 'La vente date de novembre : elle comptera pour le prochain challenge.', resolvedBy: { id: signerId, name: 'Paul Armand' }, resolvedAt: '2026-10-15T09:00:00Z' }),
];
export const revision = { revision: 2, seq: 9, supersededSeq: null, recordedAt: '2026-10-04T08:00:00Z', withheld: false, void: false, version: null, type: 'deal.won', occurredOn: '2026-10-02', occurredAt: null, amount: '11000', quantity: '1', shares: [], item: '1C1I7A6R', customer: 'Menuiserie Ker Breizh' };

const MONTHS = ['2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10'];
/** How a KPI went; the month of August is as empty as August is. */
export const trendOf = ({ code, unit }) => ({
  kpi: code,
  unit,
  points: MONTHS.map((period, index) => {
    const wave = 1 + 0.22 * Math.sin(index * 1.3) + index * 0.02;
    const value = unit === 'money' ? (1_020_000 * wave).toFixed(2) : unit === 'rate' ? 0.5 * wave : Math.round(320 * wave);
    return { period, value: index === 9 ? null : value, reason: index === 9 ? 'no-denominator' : null, numerator: null, denominator: null, count: 12 };
  }),
});
export const attained = {
  kpi: 'target-attainment', unit: 'rate', period: '2026-10', from: '2026-10-01', to: '2026-11-01', by: 'member', mature: null, rows: [], nextCursor: null,
  total: { value: 0.784, reason: null, numerator: '1284360', denominator: '1638200', count: 412, compare: null },
};
export const untargeted = { value: null, reason: 'no-target', numerator: null, denominator: null, count: 0, compare: null };
export const facts = {
  items: [
    ['deal.won', '2026-10-21', '12400', 'Menuiserie Ker Breizh', ['PAC air-eau'], ['Inès Marchand']],
    ['sale.refunded', '2026-10-20', '480', 'Mairie de Vannes', [], ['Karim Benali']],
    ['deal.won', '2026-10-19', '8650.5', null, ['Isolation', 'Ventilation double flux'], ['Léa Fontaine', 'Marie-Antoinette Delacroix-Montmorency de Villeneuve']],
  ].map(([type, occurredOn, amount, customer, products, names], index) => ({
    id: `crm~${index}`, type, occurredOn, amount, gives: type === 'sale.refunded' ? '-480' : amount, quantity: '1', item: null, customer, channel: 'agence', region: 'Bretagne', products,
    members: names.map((name, at) => ({ id: idOf('e', at), name, weight: '1' })),
  })),
  nextCursor: '100',
};

export const budgets = [
  ['Sprint d’automne, rénovation énergétique', 2000, 400, 0],
  ['La rentrée des pompes à chaleur', 48000, 31200, 0],
  ['Course aux paliers pour les équipes d’Auvergne-Rhône-Alpes', 12000, 9050, 2950],
].map(([name, reserved, paid, returned], index) => ({ id: idOf('9', index), name, currency: 'points', reserved, paid, returned, left: reserved - paid - returned }));
export const check = { differences: 0, first: [], checked: { postings: 18412, wallets: 64, lots: 210, movements: 18900, budgets: 3 }, currencies: [] };
export const wrong = { ...check, differences: 1, first: [{ what: 'wallet', subject: idOf('e', 2), stored: 1200, derived: 1100 }] };
const memberId = idOf('e', 2);
export const wallet = { memberId, wallets: [{ currency: 'points', available: 8450, pending: 0, held: 320, owed: 0, nextExpiry: { on: '2027-01-01', amount: 320 } }] };
export const postings = [
  ['Challenge « La rentrée des pompes à chaleur », 1er', 1000],
  ['Régularisation : vente saisie deux fois', -150],
  ['Challenge « Sprint d’été », palier 25 000 €', 200],
].map(([reason, change], index) => ({ id: idOf('6', index), line: 9 - index, postedAt: `2026-10-0${9 - index}T09:30:00Z`, reference: 'x', reason, from: 'budget', to: 'available', amount: Math.abs(change), change, available: 8450, reverses: null }));
const subjectOf = (kind, index) => [kind, idOf('9', index)].join(':');
export const audit = {
  items: [
    ['challenge.certify', 'Claire Delmas', 'challenge', null, { awards: 4, points: 2000 }],
    ['adjustment.post', 'Paul Armand', 'member', null, { amount: -150, currency: 'points' }],
    ['member.change', 'Claire Delmas', 'member', { leftOn: null, roles: ['rep'] }, { leftOn: '2026-11-01', roles: ['rep', 'manager'] }],
    ['import.commit', 'CRM, export de nuit', 'import', null, { rows: 8412, recorded: 8400, refused: 12, waiting: 0 }],
    ['targets.save', null, 'targets', null, null],
  ].map(([action, name, kind, before, after], index) => ({
    id: idOf('5', index), at: `2026-10-2${2 - (index % 3)}T0${8 - index}:15:00Z`, actor: { signature: name ? `member:${idOf('b', 1)}` : 'system', name }, behalf: null,
    action, subject: subjectOf(/** @type {string} */ (kind), index), before, after, address: '192.0.2.7', requestId: 'r',
  })),
  nextCursor: idOf('5', 9),
  teams: [],
};
