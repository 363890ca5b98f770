// What each route answers. One line for each route, as data: a route that is missing here fails the
// tests of access. Who is answered `ok` and who is refused follows from the policy (`expected`).
import { permits, policy, type Action, type PolicyCaller } from '@palmares/shared/access/policy';
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

/** A challenge that the manager of the matrix may steer. */
export const ofTeam = (team: string) => {
  return { ...march, audience: { kind: 'team-members', teamIds: [team] } };
};

type Body = (n: number, things: Things) => unknown;

export interface Line {
  ok: number;
  /** What those of another organisation are answered; where something is named, it is not there. */
  away?: number;
  /** What is sent; `n` is another number each time. */
  body?: Body;
  /** The session does not outlive it. */
  ends?: true;
  /** Where somebody is answered something else. */
  but?: Partial<Record<Caller, number>>;
}

const line = (ok: number, more: Omit<Line, 'ok'> = {}): Line => ({ ok, ...more });

/** Whoever takes part may knock; this one is read by its manager only. */
const PROOF = line(200, { but: { rep: 403, hr: 403, admin: 403 } });

/** An import of activities is not for those who may bring people only. */
const PEOPLE_ONLY = { 'key:people:write': 403 };

const strangers = { operator: 404, 'person without organisation': 404, leaver: 404 };

export const matrix: Record<string, Line> = {
  'GET /api/health/live': line(200),
  'GET /api/health/ready': line(200),
  'GET /metrics': line(200),
  'GET /api/demo': line(404),

  'POST /api/session': line(401, {
    body: (n) => ({ email: `nobody-${n}@example.com`, password: 'x' }),
  }),
  'GET /api/session': line(200),
  'DELETE /api/session': line(204, { ends: true }),
  'PUT /api/session/organisation': line(200, {
    ends: true,
    body: (_n, { organisation }) => ({ organisationId: organisation }),
    but: { ...strangers, 'another admin': 404 },
  }),
  'GET /api/session/sessions': line(200),
  'DELETE /api/session/sessions': line(204),
  // There is none.
  'DELETE /api/session/sessions/:challenge': line(404),
  'DELETE /api/members/:member/sessions': line(204),
  'POST /api/session/password': line(422, { body: () => ({ current: 'x' }) }),
  'POST /api/members/:member/invitation': line(201),
  'POST /api/invitations/look': line(200, {
    body: (_n, { invitation }) => ({ token: invitation }),
  }),
  'POST /api/invitations': line(422, { body: () => ({ token: 'x', password: 'x' }) }),
  'POST /api/setup/look': line(404, { body: () => ({ token: 'x' }) }),
  'POST /api/setup': line(422, { body: () => ({}) }),
  'GET /api/organisations': line(200),
  'POST /api/organisations': line(201, { body: (n) => ({ name: `Maison ${n}` }) }),
  'PATCH /api/organisations/:organisation': line(200, {
    body: () => ({ name: 'Maison' }),
  }),
  'POST /api/organisations/:organisation/invitation': line(409, {
    body: (n) => ({ email: `first-${n}@example.com`, name: 'Eva' }),
  }),
  'GET /api/keys': line(200),
  'POST /api/keys': line(201, { body: () => ({ name: 'x', scopes: ['read'] }) }),
  'DELETE /api/keys/:key': line(204),

  'GET /api/members': line(200),
  'POST /api/members': line(201, { body: (n) => ({ externalId: `m${n}`, name: 'Eva' }) }),
  'GET /api/members/:member': line(200),
  'PATCH /api/members/:member': line(200, { body: () => ({}) }),
  'PUT /api/members/:member/presence': line(200, { body: () => ({}) }),
  'GET /api/teams': line(200),
  'POST /api/teams': line(201, { body: () => ({ name: 'Est' }) }),
  'GET /api/teams/:team': line(200),
  'PATCH /api/teams/:team': line(200, { body: () => ({}) }),
  // It has a manager, of whom only an admin disposes.
  'DELETE /api/teams/:team': line(409, { but: { 'key:people:write': 403 } }),
  'GET /api/organisation': line(200),
  'PATCH /api/organisation': line(200, { body: () => ({}) }),

  'POST /api/activities': line(200, {
    body: () => ({ activities: [] }),
  }),
  // A key of an admin decides before the manager does, who overrules no admin.
  'POST /api/activities/:activity/verdict': line(204, {
    but: { manager: 403 },
    body: () => ({ verdict: 'accepted' }),
  }),
  'GET /api/activities/:activity/revisions': line(200),
  'GET /api/sources': line(200),

  'POST /api/imports': line(415),
  'GET /api/imports': line(200),
  'GET /api/imports/:file': line(200, { but: PEOPLE_ONLY }),
  'PATCH /api/imports/:file': line(200, { body: () => ({}), but: PEOPLE_ONLY }),
  'GET /api/imports/:file/refused.csv': line(200, { but: PEOPLE_ONLY }),
  'GET /api/imports/:file/undo': line(409, { but: PEOPLE_ONLY }),
  'POST /api/imports/:file/undo': line(409, { but: PEOPLE_ONLY }),
  'POST /api/imports/:file/commit': line(202, { but: PEOPLE_ONLY }),
  'POST /api/members/import': line(415),
  'GET /api/import-mappings': line(200),
  // The saved mapping of these lines is of people, and an admin has saved it.
  'POST /api/import-mappings': line(201, {
    but: { 'key:activities:write': 403 },
    body: (n) => ({ name: `Mapping ${n}`, mapping: { kind: 'members' } }),
  }),
  'PATCH /api/import-mappings/:mapping': line(200, {
    body: () => ({}),
    but: { 'key:activities:write': 403, 'key:people:write': 403 },
  }),
  'DELETE /api/import-mappings/:mapping': line(204, {
    but: { 'key:activities:write': 403, 'key:people:write': 403, admin: 404 },
  }),

  'POST /api/challenges': line(201, { body: (_n, { team }) => ofTeam(team) }),
  'GET /api/challenges': line(200),
  'GET /api/challenges/:challenge': line(200),
  'PATCH /api/challenges/:challenge': line(409, { body: () => march }),
  'POST /api/challenges/:challenge/duplicate': line(201, { body: () => ({}) }),
  'POST /api/challenges/:challenge/amend': line(200, {
    body: (_n, { team }) => ({ definition: ofTeam(team), preview: true }),
  }),
  'POST /api/challenges/:challenge/cancel': line(422, { away: 422, body: () => ({}) }),
  'GET /api/challenges/:challenge/cost': line(200),
  'GET /api/challenges/:challenge/certification': line(200),
  'GET /api/challenges/:challenge/differences': line(200),
  'POST /api/challenges/:challenge/certify': line(409),
  'POST /api/challenges/:challenge/countersign': line(409, { body: () => ({}) }),
  'DELETE /api/challenges/:challenge/countersign': line(409),
  'GET /api/countersigns': line(200),
  'GET /api/ceilings': line(200),
  'PUT /api/ceilings': line(200, {
    body: () => ({ perChallenge: 50_000, perAuthorAndMonth: 100_000 }),
  }),
  'GET /api/signatures': line(200),
  'POST /api/signatures/:challenge': line(409, { body: () => ({}) }),
  'POST /api/challenges/:challenge/launch': line(409),
  'GET /api/challenges/:challenge/board': line(200, {
    but: { 'the link of another board': 404 },
  }),
  'GET /api/challenges/:challenge/place': line(200, {
    but: { 'the link of another board': 404 },
  }),
  'GET /api/challenges/:challenge/winnings': line(200, {
    but: { 'the link of another board': 404 },
  }),
  'GET /api/challenges/:challenge/race': line(200, {
    but: { 'the link of another board': 404 },
  }),
  'GET /api/challenges/:challenge/scores/:subject': PROOF,
  'GET /api/challenges/:challenge/scores/:subject/activities?measure=:measure': PROOF,
  'GET /api/challenges/:challenge/scores/:subject/without/:activity': PROOF,
  'GET /api/challenges/:challenge/board-links': line(200),
  'POST /api/challenges/:challenge/board-links': line(201),
  'DELETE /api/board-links/:link': line(204),
  'GET /api/board-link': line(200),

  'GET /api/kpis': line(200),
  'POST /api/kpis': line(201, { body: (n) => ({ ...ownKpi, code: `own-${n}` }) }),
  'POST /api/kpis/preview': line(422, { body: () => ({}) }),
  'GET /api/kpis/:kpi': line(200),
  'PATCH /api/kpis/:kpi': line(200, { body: () => ({ scale: 1 }) }),
  'GET /api/kpis/:kpi/results?period=2026-03': line(200),
  'GET /api/kpis/:kpi/trend?period=2026-03': line(200),
  'GET /api/activities?period=2026-03': line(200),
  'DELETE /api/kpis/:kpi': line(204, { but: { admin: 404 } }),
  'GET /api/targets?period=2026-03': line(200),
  'PUT /api/targets': line(422, { body: () => ({ items: [] }) }),

  'GET /api/wallet': line(200),
  'GET /api/wallet/upcoming': line(200),
  'GET /api/wallet/prizes': line(200),
  'GET /api/wallet/postings': line(200),
  'GET /api/wallet/lots': line(200),
  'GET /api/members/:member/wallet': line(200),
  'GET /api/members/:member/wallet/postings': line(200),
  'POST /api/ledger/adjustments': line(400),
  'GET /api/ledger/check': line(200),
  'GET /api/budgets': line(200),

  'GET /api/challenges/:challenge/terms': line(200),
  'PUT /api/challenges/:challenge/terms': line(200, { body: () => ({ clauses: {} }) }),
  'POST /api/challenges/:challenge/terms/acknowledge': line(403, {
    body: () => ({ version: 1 }),
    but: { rep: 200 },
  }),
  'GET /api/challenges/:challenge/terms/acknowledgements': line(200),
  'POST /api/challenges/:challenge/terms/remind': line(200),
  'POST /api/disputes': line(403, {
    body: (_n, { challenge }) => ({ challengeId: challenge, kind: 'missing', text: 'x' }),
    away: 404,
    but: { rep: 201 },
  }),
  'GET /api/disputes': line(200),
  // There is none.
  'GET /api/disputes/:challenge': line(404),
  'POST /api/disputes/:challenge/resolve': line(404, {
    body: () => ({ outcome: 'accepted', answer: 'x' }),
  }),
  'GET /api/audit': line(200),
  'GET /api/notifications': line(200),
  // Nobody finds a notification of somebody else, and this is none at all.
  'POST /api/notifications/:challenge/read': line(404),
};

/** Each of the callers as the policy sees them; those whom nobody knows are not there. */
const known: Partial<Record<Caller, PolicyCaller>> = {
  'key:activities:write': { kind: 'key', scopes: ['activities:write'] },
  'key:people:write': { kind: 'key', scopes: ['people:write'] },
  'key:read': { kind: 'key', scopes: ['read'] },
  'key:admin': { kind: 'key', scopes: ['admin'] },
  'the link of the board': { kind: 'board-link' },
  'the link of another board': { kind: 'board-link' },
  rep: { kind: 'member', operator: false, roles: ['rep'] },
  manager: { kind: 'member', operator: false, roles: ['manager'] },
  hr: { kind: 'member', operator: false, roles: ['hr'] },
  admin: { kind: 'member', operator: false, roles: ['admin'] },
  operator: { kind: 'person', operator: true },
  'person without organisation': { kind: 'person', operator: false },
  leaver: { kind: 'person', operator: false },
  'another key': { kind: 'key', scopes: ['admin'] },
  'another admin': { kind: 'member', operator: false, roles: ['admin'] },
};

/** What each of the callers should be answered: by the policy, and by what the line says besides. */
export function expected(
  route: string,
  action: Action,
  { ok, away, but }: Line,
): Record<Caller, number> {
  const { others } = policy[action];
  const everybodys = others === 'public' || others === 'signed-in';
  const elsewhere = everybodys ? ok : (away ?? (route.includes(':') ? 404 : ok));
  const answer = (name: Caller): number => {
    const caller = known[name];
    if (!caller && others !== 'public') return 401;
    if (caller && !permits(action, caller)) return 403;
    return but?.[name] ?? (name.startsWith('another') ? elsewhere : ok);
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
