// A made-up challenge in the real shapes, for pictures only: the product never sees it.

export const challengeId = '5d0c8f0e-41f7-4f0e-8a53-2f1d6a7a0001';

const FIRST =
  'Inès Thomas Karim Léa Hugo Maëlle Yanis Chloé Noé Zoé Adèle Bastien Éloïse Samir Jeanne Luc';
const LAST =
  'Marchand|Le Goff|Benali|Fontaine|Pereira|Caron|Haddad|Lefèvre|Nguyen|Roux|Ølgaard|Moreau';
const LONG = [
  'Marie-Antoinette Delacroix-Montmorency de Villeneuve',
  'Abdelkader Ben Abderrahmane El Mansouri',
  'Wolfeschlegelsteinhausenbergerdorff',
];

const pick = (list, index) => list[index % list.length];
const nameOf = (index) =>
  `${pick(FIRST.split(' '), index * 7)} ${pick(LAST.split('|'), index * 5 + Math.floor(index / 12))}`;
const idOf = (index) => `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`;

const entry = (index, score, more = {}) => ({
  subject: { type: 'member', id: idOf(index), label: more.name ?? nameOf(index) },
  score: String(score),
  reachedAt: more.reachedAt ?? `2026-10-${String((index % 27) + 1).padStart(2, '0')}`,
  reason: more.reason ?? null,
});

const scoreAt = (index) => Number((1502.4 * 0.955 ** index - (index % 3) * 0.734).toFixed(3));

/** Competition ranks for entries that are already in order; the core has the real function. */
function ranked(entries) {
  let shared = 0;
  return entries.map((row, index) => {
    const above = entries[index - 1];
    const same = above && above.score === row.score && above.reachedAt === row.reachedAt;
    if (!same) shared = index + 1;
    return { ...row, rank: row.reason === null ? shared : null };
  });
}

const many = (count) => Array.from({ length: count }, (_, index) => entry(index, scoreAt(index)));

export const entriesOf = {
  none: () => [],
  five: () => many(5),
  full: () => many(35),
  crowd: () => many(300),
  odd: () => [
    ...['1482.5', '1482.5', '-12.25', '-12.25', '-1048576.0625'].map((score, index) =>
      entry(index, score, { name: LONG[index], reachedAt: '2026-10-02' }),
    ),
    ...[7, 8].map((index) => entry(index, 0, { reason: 'no-activity', reachedAt: null })),
  ],
  start: () => many(8).map((row) => ({ ...row, score: '0', reachedAt: null })),
};

export function boardOf(entries, { version = 40, status = 'live' } = {}) {
  const asOf = '2026-10-22T12:04:00.000Z';
  return { challengeId, version, status, asOf, total: entries.length, rows: ranked(entries) };
}

const money = { fr: '1 par tranche de 1 000 € de chiffre d’affaires', en: '1 for each €1,000 of revenue' };
const count = { fr: '12 par vente signée', en: '12 for each signed sale' };

export function linkOf({ status = 'live', name, locale = 'fr' } = {}) {
  return {
    organisation: { name: 'Habitat Durable', locale, timeZone: 'Europe/Paris', currency: 'EUR' },
    challenge: {
      id: challengeId,
      name: name ?? 'Sprint d’automne, rénovation énergétique',
      from: '2026-10-01',
      to: '2026-11-01',
      status,
      rules: [money, count],
    },
  };
}

/** Two frames: a new leader, then someone who climbs into the first ten. */
export const framesAfter = (entries) =>
  [
    [4, 1511.25],
    [14, 1004],
  ].map(([index, score], step) => ({
    challengeId,
    version: 41 + step,
    baseVersion: 40 + step,
    asOf: `2026-10-22T12:0${5 + step}:00.000Z`,
    rows: [{ ...entries[index], score: String(score), reachedAt: '2026-10-22' }],
    removed: [],
  }));
