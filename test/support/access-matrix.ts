// Who may call which route. One line for each route, as data: a route that is missing here fails
// the tests of access. `who` names those who are answered `ok`; everybody else is refused.
import { march, ownKpi } from './organisation.js';

/** Those who come. `another…` is of another organisation. */
export const callers = [
  'nobody',
  'a stranger',
  'a forged link',
  'a revoked link',
  'an ended session',
  'key:activities:write',
  'key:people:write',
  'key:read',
  'key:admin',
  'the link of the board',
  'the link of another board',
  'rep',
  'manager',
  'hr',
  'admin',
  'operator',
  'person without organisation',
  'leaver',
  'another key',
  'another admin',
] as const;
export type Caller = (typeof callers)[number];

/** What the routes of the matrix are tried on: all of one organisation. */
export interface Things {
  organisation: string;
  challenge: string;
  /** Somebody who takes part, in the team that the manager manages; and a measure of theirs. */
  subject: string;
  measure: string;
  activity: string;
  link: string;
  member: string;
  team: string;
  key: string;
  invitation: string;
  kpi: string;
  file: string;
  mapping: string;
}

type Body = (n: number, things: Things) => unknown;

interface Line {
  ok: number;
  who: readonly string[];
  /** What those of another organisation are answered; where something is named, it is not there. */
  away?: number;
  /** What is sent; `n` is another number each time. */
  body?: Body;
  /** The session does not outlive it. */
  ends?: true;
  /** Where somebody is answered something else. */
  but?: Partial<Record<Caller, number>>;
}

const line = (ok: number, who: string, more: Omit<Line, 'ok' | 'who'> = {}): Line => ({
  ok,
  who: who.split(' '),
  ...more,
});

/** Keys with this scope, and with `admin`. */
const REPORT = 'key:read key:admin manager admin';
const STEER = 'key:admin manager admin';
const ADMIN = 'key:admin admin';
const PEOPLE = 'key:people:write key:admin admin';
const FIGURES = 'key:read key:admin rep manager admin';
const IMPORTERS = 'key:activities:write key:people:write key:admin admin';
const ALL_ROLES = 'rep manager hr admin';
const AUDITED = 'key:read key:admin manager hr admin';
const LEDGER = 'key:admin hr';
const MEMBERS = 'key:read key:admin rep manager hr admin';

/** Whoever takes part may knock; this one is read by its manager only. */
const PROOF = line(200, 'key:read key:admin manager admin', { but: { admin: 403 } });

/** An import of activities is not for those who may bring people only. */
const PEOPLE_ONLY = { 'key:people:write': 403 };

/** In `who`: whoever comes; whoever has signed in. */
const EVERYBODY = 'everybody';
const SIGNED_IN = 'signed-in';

const strangers = { operator: 404, 'person without organisation': 404, leaver: 404 };

export const matrix: Record<string, Line> = {
  'GET /api/health/live': line(200, EVERYBODY),
  'GET /api/health/ready': line(200, EVERYBODY),
  'GET /metrics': line(200, EVERYBODY),
  'GET /api/demo': line(404, EVERYBODY),

  'POST /api/session': line(401, EVERYBODY, {
    body: (n) => ({ email: `nobody-${n}@example.com`, password: 'x' }),
  }),
  'GET /api/session': line(200, SIGNED_IN),
  'DELETE /api/session': line(204, SIGNED_IN, { ends: true }),
  'PUT /api/session/organisation': line(200, SIGNED_IN, {
    ends: true,
    body: (_n, { organisation }) => ({ organisationId: organisation }),
    but: { ...strangers, 'another admin': 404 },
  }),
  'POST /api/session/password': line(422, SIGNED_IN, { body: () => ({ current: 'x' }) }),
  'POST /api/members/:member/invitation': line(201, ADMIN),
  'GET /api/invitations/:invitation': line(200, EVERYBODY),
  'POST /api/invitations/:invitation': line(422, EVERYBODY, { body: () => ({ password: 'x' }) }),
  'GET /api/setup/:invitation': line(404, EVERYBODY),
  'POST /api/setup/:invitation': line(422, EVERYBODY, { body: () => ({}) }),
  'GET /api/organisations': line(200, 'operator'),
  'POST /api/organisations': line(201, 'operator', { body: (n) => ({ name: `Maison ${n}` }) }),
  'PATCH /api/organisations/:organisation': line(200, 'operator', {
    body: () => ({ name: 'Maison' }),
  }),
  'POST /api/organisations/:organisation/invitation': line(409, 'operator', {
    body: (n) => ({ email: `first-${n}@example.com`, name: 'Eva' }),
  }),
  'GET /api/keys': line(200, ADMIN),
  'POST /api/keys': line(201, ADMIN, { body: () => ({ name: 'x', scopes: ['read'] }) }),
  'DELETE /api/keys/:key': line(204, ADMIN),

  'GET /api/members': line(200, `${REPORT} hr`),
  'POST /api/members': line(201, PEOPLE, { body: (n) => ({ externalId: `m${n}`, name: 'Eva' }) }),
  'GET /api/members/:member': line(200, REPORT),
  'PATCH /api/members/:member': line(200, PEOPLE, { body: () => ({}) }),
  'PUT /api/members/:member/presence': line(200, PEOPLE, { body: () => ({}) }),
  'GET /api/teams': line(200, REPORT),
  'POST /api/teams': line(201, PEOPLE, { body: () => ({ name: 'Est' }) }),
  'GET /api/teams/:team': line(200, REPORT),
  'PATCH /api/teams/:team': line(200, PEOPLE, { body: () => ({}) }),
  'DELETE /api/teams/:team': line(409, PEOPLE),
  'GET /api/organisation': line(200, MEMBERS),
  'PATCH /api/organisation': line(200, ADMIN, { body: () => ({}) }),

  'POST /api/activities': line(200, 'key:activities:write key:admin', {
    body: () => ({ activities: [] }),
  }),
  'POST /api/activities/:activity/verdict': line(204, STEER, {
    body: () => ({ verdict: 'accepted' }),
  }),
  'GET /api/activities/:activity/revisions': line(200, REPORT),
  'GET /api/sources': line(200, REPORT),

  'POST /api/imports': line(415, IMPORTERS),
  'GET /api/imports': line(200, IMPORTERS),
  'GET /api/imports/:file': line(200, IMPORTERS, { but: PEOPLE_ONLY }),
  'PATCH /api/imports/:file': line(200, IMPORTERS, { body: () => ({}), but: PEOPLE_ONLY }),
  'GET /api/imports/:file/refused.csv': line(200, IMPORTERS, { but: PEOPLE_ONLY }),
  'GET /api/imports/:file/undo': line(409, IMPORTERS, { but: PEOPLE_ONLY }),
  'POST /api/imports/:file/undo': line(409, IMPORTERS, { but: PEOPLE_ONLY }),
  'POST /api/imports/:file/commit': line(202, IMPORTERS, { but: PEOPLE_ONLY }),
  'POST /api/members/import': line(415, 'key:people:write key:admin admin'),
  'GET /api/import-mappings': line(200, IMPORTERS),
  'POST /api/import-mappings': line(201, IMPORTERS, {
    body: (n) => ({ name: `Mapping ${n}`, mapping: { kind: 'members' } }),
  }),
  'PATCH /api/import-mappings/:mapping': line(200, IMPORTERS, { body: () => ({}) }),
  'DELETE /api/import-mappings/:mapping': line(204, IMPORTERS, {
    but: { 'key:people:write': 404, 'key:admin': 404, admin: 404 },
  }),

  'POST /api/challenges': line(201, STEER, { body: () => march }),
  'GET /api/challenges': line(200, MEMBERS),
  'GET /api/challenges/:challenge': line(200, MEMBERS),
  'PATCH /api/challenges/:challenge': line(409, STEER, { body: () => march }),
  'POST /api/challenges/:challenge/duplicate': line(201, STEER, { body: () => ({}) }),
  'POST /api/challenges/:challenge/amend': line(200, STEER, {
    body: () => ({ definition: march, preview: true }),
  }),
  'POST /api/challenges/:challenge/cancel': line(422, STEER, { away: 422, body: () => ({}) }),
  'GET /api/challenges/:challenge/cost': line(200, AUDITED),
  'GET /api/challenges/:challenge/certification': line(200, AUDITED),
  'GET /api/challenges/:challenge/differences': line(200, AUDITED),
  'POST /api/challenges/:challenge/certify': line(409, STEER),
  'POST /api/challenges/:challenge/launch': line(409, STEER),
  'GET /api/challenges/:challenge/board': line(200, `${MEMBERS} board-link`, {
    but: { 'the link of another board': 404 },
  }),
  'GET /api/challenges/:challenge/place': line(200, `${MEMBERS} board-link`, {
    but: { 'the link of another board': 404 },
  }),
  'GET /api/challenges/:challenge/winnings': line(200, `${MEMBERS} board-link`, {
    but: { 'the link of another board': 404 },
  }),
  'GET /api/challenges/:challenge/race': line(200, `${MEMBERS} board-link`, {
    but: { 'the link of another board': 404 },
  }),
  'GET /api/challenges/:challenge/scores/:subject': PROOF,
  'GET /api/challenges/:challenge/scores/:subject/activities?measure=:measure': PROOF,
  'GET /api/challenges/:challenge/scores/:subject/without/:activity': PROOF,
  'GET /api/challenges/:challenge/board-links': line(200, STEER),
  'POST /api/challenges/:challenge/board-links': line(201, STEER),
  'DELETE /api/board-links/:link': line(204, STEER),
  'GET /api/board-link': line(200, 'board-link'),

  'GET /api/kpis': line(200, FIGURES),
  'POST /api/kpis': line(201, ADMIN, { body: (n) => ({ ...ownKpi, code: `own-${n}` }) }),
  'POST /api/kpis/preview': line(422, ADMIN, { body: () => ({}) }),
  'GET /api/kpis/:kpi': line(200, FIGURES),
  'PATCH /api/kpis/:kpi': line(200, ADMIN, { body: () => ({ scale: 1 }) }),
  'GET /api/kpis/:kpi/results?period=2026-03': line(200, FIGURES),
  'GET /api/kpis/:kpi/trend?period=2026-03': line(200, FIGURES),
  'GET /api/activities?period=2026-03': line(200, FIGURES),
  'DELETE /api/kpis/:kpi': line(204, ADMIN, { but: { admin: 404 } }),
  'GET /api/targets?period=2026-03': line(200, FIGURES),
  'PUT /api/targets': line(422, 'key:admin manager admin', { body: () => ({ items: [] }) }),

  'GET /api/wallet': line(200, ALL_ROLES),
  'GET /api/wallet/upcoming': line(200, ALL_ROLES),
  'GET /api/wallet/prizes': line(200, ALL_ROLES),
  'GET /api/wallet/postings': line(200, ALL_ROLES),
  'GET /api/wallet/lots': line(200, ALL_ROLES),
  'GET /api/members/:member/wallet': line(200, LEDGER),
  'GET /api/members/:member/wallet/postings': line(200, LEDGER),
  'POST /api/ledger/adjustments': line(400, 'hr'),
  'GET /api/ledger/check': line(200, LEDGER),
  'GET /api/budgets': line(200, LEDGER),

  'GET /api/challenges/:challenge/terms': line(200, MEMBERS),
  'PUT /api/challenges/:challenge/terms': line(200, STEER, { body: () => ({ clauses: {} }) }),
  'POST /api/challenges/:challenge/terms/acknowledge': line(403, ALL_ROLES, {
    body: () => ({ version: 1 }),
    but: { rep: 200 },
  }),
  'GET /api/challenges/:challenge/terms/acknowledgements': line(
    200,
    'key:read key:admin manager hr admin',
  ),
  'POST /api/challenges/:challenge/terms/remind': line(200, STEER),
  'POST /api/disputes': line(403, ALL_ROLES, {
    body: (_n, { challenge }) => ({ challengeId: challenge, kind: 'missing', text: 'x' }),
    away: 404,
    but: { rep: 201 },
  }),
  'GET /api/disputes': line(200, MEMBERS),
  // There is none.
  'GET /api/disputes/:challenge': line(404, MEMBERS),
  'POST /api/disputes/:challenge/resolve': line(404, 'manager admin', {
    body: () => ({ outcome: 'accepted', answer: 'x' }),
  }),
  'GET /api/audit': line(200, 'key:admin hr admin'),
  'GET /api/notifications': line(200, ALL_ROLES),
  // Nobody finds a notification of somebody else, and this is none at all.
  'POST /api/notifications/:challenge/read': line(404, ALL_ROLES),
};

const UNKNOWN: readonly Caller[] = callers.slice(0, 5);
const KINDS: Record<string, readonly Caller[]> = {
  [EVERYBODY]: callers,
  [SIGNED_IN]: [...callers.slice(11, 18), 'another admin'],
  'board-link': ['the link of the board', 'the link of another board'],
  'key:admin': ['key:admin', 'another key'],
  admin: ['admin', 'another admin'],
};

/** What each of the callers should be answered. */
export function expected(route: string, { ok, who, away, but }: Line): Record<Caller, number> {
  const welcome = new Set(who.flatMap((name): readonly string[] => KINDS[name] ?? [name]));
  const theirs = who[0] === EVERYBODY || who[0] === SIGNED_IN ? ok : undefined;
  const elsewhere = theirs ?? away ?? (route.includes(':') ? 404 : ok);
  const answer = (caller: Caller): number => {
    if (!welcome.has(caller)) return UNKNOWN.includes(caller) ? 401 : 403;
    return but?.[caller] ?? (caller.startsWith('another') ? elsewhere : ok);
  };
  return Object.fromEntries(callers.map((caller) => [caller, answer(caller)])) as never;
}

/** Topics of sockets: a board, one of another organisation, `me`, `organisation`. */
const topics = ['board', 'another board', 'me', 'organisation'] as const;
export type TopicName = (typeof topics)[number];
type Heard = Record<TopicName, string>;
const heard = (...answers: [string, string, string, string]) =>
  Object.fromEntries(topics.map((name, at) => [name, answers[at]])) as Heard;

const none = heard('forbidden', 'forbidden', 'forbidden', 'forbidden');
const reader = heard('ok', 'not-found', 'forbidden', 'forbidden');
const readingKey = heard('ok', 'not-found', 'forbidden', 'ok');
const member = heard('ok', 'not-found', 'ok', 'ok');

/** Who hears what; those who are not named are not let in at all. */
export const topicMatrix: Partial<Record<Caller, Heard>> = {
  'key:activities:write': none,
  'key:people:write': none,
  'key:read': readingKey,
  'key:admin': readingKey,
  'the link of the board': reader,
  'the link of another board': heard('not-found', 'not-found', 'forbidden', 'forbidden'),
  rep: member,
  manager: member,
  hr: member,
  admin: member,
  operator: none,
  'person without organisation': none,
  leaver: none,
  'another key': heard('not-found', 'ok', 'forbidden', 'ok'),
  'another admin': heard('not-found', 'ok', 'ok', 'ok'),
};
