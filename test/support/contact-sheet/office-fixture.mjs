// A made-up sales force in the real shapes, for pictures only: the product never sees it.

const idOf = (kind, index) => `${kind}0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
export const houseId = idOf('a', 1);

const organisation = (locale) => ({
  id: houseId,
  name: 'Habitat Durable',
  locale,
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  demo: false,
});

const membership = (index, name, roles) => ({
  id: idOf('a', index),
  name,
  memberId: idOf('b', index),
  roles,
});

/** Somebody signed in, in one of two houses. */
export function sessionOf({ roles = ['admin'], operator = false, current = true } = {}) {
  const member = {
    id: idOf('b', 1),
    name: 'Claire Delmas',
    email: 'claire.delmas@example.com',
    roles,
    kind: 'employee',
  };
  return {
    csrf: 'picture',
    person: { id: idOf('c', 1), email: member.email, operator },
    organisations: [
      membership(1, 'Habitat Durable', roles),
      membership(2, 'Compagnie des menuiseries et fermetures d’Auvergne-Rhône-Alpes', ['manager']),
    ],
    current: current ? { organisation: organisation('fr'), member } : null,
  };
}

export const signIns = ['admin', 'manager', 'rep'].map((role, index) => ({
  role,
  name: ['Claire Delmas', 'Marc Vasseur', 'Inès Marchand'][index],
  email: `${role}@example.com`,
  password: 'demonstration',
}));

export const invitationOf = (kind, hasPassword) => ({
  email: 'lea.fontaine@example.com',
  organisation: { name: 'Habitat Durable' },
  kind,
  locale: 'fr',
  hasPassword,
});

/** Where Claire is signed in. */
export const sessions = [
  { browser: 'Firefox', system: 'Windows', current: true, signedInAt: '2026-10-20T06:58:00Z', seenAt: '2026-10-22T08:00:00Z' },
  { browser: 'Safari', system: 'iPhone', current: false, signedInAt: '2026-09-03T16:12:00Z', seenAt: '2026-10-21T19:40:00Z' },
  { browser: null, system: null, current: false, signedInAt: '2026-10-11T09:00:00Z', seenAt: '2026-10-12T09:00:00Z' },
].map((one, index) => ({ id: idOf('e', index), ...one }));
