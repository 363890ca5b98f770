// Made-up figures in the real shapes, for pictures only.

const idOf = (kind, index) => `${kind}0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const text = (name, formula) => ({
  name,
  measures: `${name} : ce qui est compté, sur la période et pour qui vous regardez.`,
  why: 'Ce qui se suit se discute, puis s’améliore.',
  formula,
  leftOut: 'Les affaires encore ouvertes, et celles qui ont été annulées.',
});

const kpi = (code, family, unit, scale, name, formula, direction = 'higher') => ({
  code,
  family,
  unit,
  scale,
  direction,
  builtIn: true,
  needs: ['deal.won'],
  card: { fr: text(name, formula), en: text(name, formula) },
});

export const kpis = [
  kpi('sales-count', 'volume', 'count', 0, 'Ventes', 'affaires gagnées'),
  kpi('new-leads', 'volume', 'count', 0, 'Nouveaux leads', 'leads créés'),
  kpi('revenue', 'revenue', 'money', 0, 'Chiffre d’affaires net', 'ventes − remboursements'),
  kpi('average-sale', 'revenue', 'money', 0, 'Vente moyenne', 'chiffre d’affaires net ÷ ventes'),
  kpi('win-rate', 'efficiency', 'rate', 1, 'Taux de transformation', 'gagnées ÷ (gagnées + perdues)'),
  kpi('sales-cycle', 'efficiency', 'days', 1, 'Durée du cycle de vente', 'jours jusqu’à la signature ÷ ventes', 'lower'),
  kpi('sales-velocity', 'efficiency', 'money-per-day', 2, 'Vélocité commerciale', 'opportunités × vente moyenne × transformation ÷ cycle'),
  kpi('target-attainment', 'efficiency', 'rate', 1, 'Atteinte de l’objectif', 'réalisé ÷ objectif'),
  kpi('retention', 'engagement', 'rate', 1, 'Fidélisation', 'clients revenus ÷ clients d’avant'),
];

const before = (value, change, reason = null) => ({
  period: '2026-09',
  value,
  reason: null,
  change: { value: change, reason },
});

const totals = {
  'sales-count': [412, null, before(380, 0.0842)],
  'new-leads': [0, null, before(0, null, 'no-history')],
  revenue: ['1284360', null, before('1502000', -0.1449)],
  'average-sale': ['3117.378641', null, before('3952.63', -0.2113)],
  'win-rate': [0.6315, null, before(0.6025, 0.0481)],
  'sales-cycle': [51.777, null, before(49.1, 0.0545)],
  'sales-velocity': ['2777.7778', null, before('2500', 0.1111)],
  'target-attainment': [null, 'no-target', null],
  retention: [null, 'no-history', null],
};

const totalOf = (code) => {
  const [value, reason, compare] = totals[code];
  const rate = code === 'win-rate';
  return { value, reason, numerator: rate ? 412 : value, denominator: rate ? 652 : null, count: 412, compare };
};

const NAMES = ['Inès Marchand', 'Claire Delmas', 'Karim Benali', 'Marie-Antoinette Delacroix-Montmorency de Villeneuve', 'Hugo Pereira', 'Maëlle Caron'];

function rowsOf(code, by) {
  const rate = code === 'win-rate';
  const labels = by === 'region' ? ['Bretagne', 'Pays de la Loire', null] : NAMES;
  const rows = labels.map((label, index) => ({
    subject: { type: by, id: label === null ? null : index === 1 && by === 'member' ? idOf('b', 1) : idOf('e', index), label },
    rank: index === 2 ? 2 : index + 1,
    value: rate ? 0.82 - index * 0.071 : String(402_800.5 - index * 61_234.25),
    reason: null,
    numerator: rate ? 94 - index * 11 : String(402_800.5 - index * 61_234.25),
    denominator: rate ? 115 - index * 9 : null,
    count: 94 - index * 11,
    compare: before(rate ? 0.7 : '380100', index === 4 ? null : 0.12 - index * 0.09, index === 4 ? 'no-history' : null),
  }));
  const nobody = { ...rows[0], subject: { type: by, id: idOf('e', 9), label: 'Zoé Nouvelle' }, rank: null, value: null, reason: 'no-denominator', numerator: 0, denominator: 0, count: 0, compare: before(null, null, 'no-history') };
  return rate ? [...rows, nobody] : rows;
}

export const resultOf = (code, { by = 'member', rows } = {}) => {
  const { unit } = kpis.find((one) => one.code === code);
  return {
    kpi: code,
    unit,
    period: '2026-10',
    from: '2026-10-01',
    to: '2026-11-01',
    by,
    mature: code === 'retention' ? false : null,
    rows: rows ?? rowsOf(code, by),
    total: totalOf(code),
    nextCursor: null,
  };
};

export const cardOf = (code) => ({
  ...kpis.find((one) => one.code === code),
  figures: { period: '2026-10', ...totalOf(code), leftOut: code === 'win-rate' ? 3 : undefined },
});

export const targets = {
  kpi: 'revenue',
  period: '2026-10',
  items: NAMES.map((label, index) => ({
    subject: { type: 'member', id: idOf('e', index), label },
    value: index === 4 ? null : String(80_000 + index * 2500),
    source: index === 4 ? null : index === 2 ? 'parts' : 'own',
  })),
  total: '437500',
  nextCursor: null,
};
