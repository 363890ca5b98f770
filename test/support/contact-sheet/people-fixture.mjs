// Made-up people, teams, keys and settings in the real shapes, for pictures only.

const idOf = (kind, index) => `${kind}0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const pick = (list, index) => list[index % list.length];
const FIRST = 'Inès Thomas Karim Léa Hugo Maëlle Yanis Chloé Noé Zoé Adèle Bastien Éloïse'.split(' ');
const LAST = 'Marchand|Le Goff|Benali|Fontaine|Pereira|Caron|Haddad|Lefèvre|Nguyen|Roux'.split('|');

const TREE = [
  ['Ouest', null, 'Claire Delmas'],
  ['Rennes', 0, 'Marc Vasseur'],
  ['Nantes Atlantique', 0, null],
  ['Vannes, équipe du littoral et des îles', 2, 'Nora El Fassi'],
  ['Sud-Est', null, 'Paul Armand'],
  ['Lyon Confluence', 4, 'Jeanne Roy'],
  ['Marseille', 4, 'Luc Costa'],
];

export const teams = TREE.map(([name, parent, lead], index) => ({
  id: idOf('d', index),
  externalId: index % 2 ? `EQ-${100 + index}` : null,
  name,
  parentId: parent === null ? null : idOf('d', parent),
  managers: lead
    ? [
        // The first one is who is signed in on the pictures of a manager.
        { memberId: index === 0 ? idOf('b', 1) : idOf('e', index), name: lead, from: null, to: null, standIn: false },
        ...(index === 3
          ? [{ memberId: idOf('e', 99), name: 'Hugo Pereira', from: '2026-10-12', to: '2026-11-02', standIn: true }]
          : []),
      ]
    : [],
  memberCount: [0, 12, 1, 9, 2, 14, 11][index],
}));

const memberAt = (index) => {
  const name =
    index === 4
      ? 'Marie-Antoinette Delacroix-Montmorency de Villeneuve'
      : `${pick(FIRST, index * 7)} ${pick(LAST, index * 3 + Math.floor(index / 10))}`;
  const team = teams[(index % 6) + 1];
  return {
    id: idOf('e', index),
    externalId: `V${1000 + index}`,
    email: index % 5 === 3 ? null : `${name.normalize('NFD').replace(/[^a-z]/gi, '.').toLowerCase()}@example.com`,
    name,
    roles: index % 9 === 2 ? ['rep', 'manager'] : ['rep'],
    kind: 'employee',
    status: index === 6 ? 'left' : 'active',
    enteredOn: index % 4 ? `20${12 + (index % 14)}-0${(index % 9) + 1}-15` : null,
    leftOn: null,
    team: index % 8 === 5 ? null : { id: team.id, name: team.name },
    hasAccess: index % 3 !== 1,
  };
};

export const members = (count) => Array.from({ length: count }, (_, index) => memberAt(index));

export const member = {
  ...memberAt(2),
  teams: [
    { teamId: teams[1].id, name: teams[1].name, from: null, to: '2026-02-01' },
    { teamId: teams[3].id, name: teams[3].name, from: '2026-02-01', to: null },
  ],
  presence: {
    enteredOn: '2014-03-15',
    leftOn: null,
    workRates: [{ from: '2026-01-01', rate: '0.8' }],
    absences: [{ from: '2026-08-03', fromHalf: 'am', to: '2026-08-24', toHalf: 'am' }],
  },
};

export const settings = {
  id: idOf('a', 1),
  name: 'Habitat Durable',
  locale: 'fr',
  timeZone: 'Europe/Paris',
  currency: 'EUR',
  workingWeek: [1, 2, 3, 4, 5],
  activityTypes: [
    { type: 'demo.done', name: 'Démonstration', member: 'required' },
    { type: 'stock.counted', name: 'Inventaire de rayon', member: 'optional' },
  ],
  holidays: [
    { day: '2026-11-11', name: 'Armistice' },
    { day: '2026-12-25', name: 'Noël' },
  ],
  demo: false,
};

export const keys = [
  ['CRM, export de nuit', ['activities:write'], '2026-10-22T04:00:00Z', null],
  ['Entrepôt de données', ['read'], '2026-10-21T23:58:00Z', null],
  ['Paie', ['people:write', 'read'], null, null],
  ['Ancien site', ['admin'], '2025-01-04T10:00:00Z', '2026-02-01T09:30:00Z'],
].map(([name, scopes, lastUsedAt, revokedAt], index) => ({
  id: idOf('f', index),
  name,
  scopes,
  createdAt: `2026-0${index + 1}-12T09:15:00Z`,
  lastUsedAt,
  revokedAt,
}));

export const organisations = ['Habitat Durable', 'Maison Durable', 'Compagnie des menuiseries d’Auvergne'].map(
  (name, index) => ({
    id: idOf('a', index + 1),
    name,
    locale: 'fr',
    currency: index === 2 ? 'CHF' : 'EUR',
    timeZone: 'Europe/Paris',
    demo: index === 1,
    createdAt: '2026-03-02T08:00:00Z',
    members: [48, 24, 1310][index],
  }),
);

export const issued = {
  url: 'http://localhost/invitation#pal_invite_7dJ2mZ0qYcQ1vK4xN8sR5tB3wL6pF9hG',
  token: 'pal_invite_7dJ2mZ0qYcQ1vK4xN8sR5tB3wL6pF9hG',
  kind: 'invitation',
  expiresAt: '2026-10-29T12:06:00Z',
};
