// The screens behind the door, and the door.
import { list, ok, problem } from './answer.mjs';
import * as files from './import-fixture.mjs';
import { invitationOf, sessionOf, sessions, signIns } from './office-fixture.mjs';
import * as figures from './kpi-fixture.mjs';
import * as made from './manager-fixture.mjs';
import * as people from './people-fixture.mjs';

const nobody = problem(401, 'unauthenticated');
const weak = {
  status: 422,
  body: { code: 'invalid', status: 422, title: 'x', errors: [{ pointer: '/password', code: 'password-common', detail: 'x' }] },
};
const toSessions = [
  ['click', '[aria-haspopup=menu]:visible'],
  ['click', '[role=menuitem]:nth-last-child(3)'],
];

/** A page as a signed-in person sees it; admins unless said otherwise. */
function office(name, path, answers, { session = {}, ready = 'main h1', ...rest } = {}) {
  return {
    name,
    path,
    line: 'live',
    ready,
    ...rest,
    answers: { '/api/session': ok(sessionOf(session)), ...answers },
  };
}

const teamList = list(people.teams);
const memberList = list(people.members(24));
const crew = { '/api/teams': teamList, '/api/members': memberList };
const one = `/api/members/${people.member.id}`;

const shelf = { '/api/import-mappings': list(files.mappings) };
const file = `/api/imports/${files.importId}`;
const imported = (name, found, rest = {}) =>
  office(name, `/imports/${files.importId}`, { ...shelf, [file]: ok(found), [`${file}/undo`]: ok(files.undo) }, { ready: 'main section', ...rest });

const book = {
  '/api/kpis': ok({ items: figures.kpis }),
  ...Object.fromEntries(
    figures.kpis.flatMap(({ code }) => [
      [`/api/kpis/${code}`, ok(figures.cardOf(code))],
      [`/api/kpis/${code}/results`, ok(figures.resultOf(code))],
    ]),
  ),
};

/** A page before the door. */
const door = (name, path, answers, rest = {}) =>
  office(name, path, { '/api/session': nobody, '/api/demo': problem(404, 'not-found'), ...answers }, rest);

export const officeScenes = [
  door('sign-in', '/sign-in', {}),
  door('sign-in-demo', '/sign-in', { '/api/demo': ok({ ready: true, told: 1, boardToken: 'x', signIns }) }, { ready: 'main li' }),
  door('sign-in-demo-making', '/sign-in', { '/api/demo': ok({ ready: false, told: 0.42, boardToken: null, signIns }) }, { ready: 'main li' }),
  door('sign-in-empty', '/sign-in', {}, { act: [['click', 'form button']], ready: 'main form', settled: '[data-error]' }),
  door(
    'sign-in-refused',
    '/sign-in',
    { 'POST /api/session': problem(401, 'wrong-credentials') },
    {
      act: [
        ['fill', 'input[type=email]', 'lea@example.com'],
        ['fill', 'input[type=password]', 'wrong'],
        ['click', 'form button'],
      ],
      settled: '[role=alert]',
    },
  ),
  door('invitation', '/invitation#x', { 'POST /api/invitations/look': ok(invitationOf('invitation', false)) }, { ready: 'form' }),
  door('invitation-reset', '/invitation#x', { 'POST /api/invitations/look': ok(invitationOf('reset', true)) }, { ready: 'form' }),
  door('invitation-gone', '/invitation#x', { 'POST /api/invitations/look': problem(404, 'not-found') }, { ready: '[role=alert]' }),
  office('choice', '/organisation-choice', {}, { session: { current: false }, ready: 'main li' }),
  office('welcome', '/welcome', {}, { session: { roles: ['hr'] } }),
  office('account', '/welcome', {}, { act: [['click', '[aria-haspopup=menu]:visible']], settled: '[role=menu]' }),
  office('password', '/welcome', {}, {
    act: [
      ['click', '[aria-haspopup=menu]:visible'],
      ['click', '[role=menuitem]:nth-last-child(4)'],
    ],
    settled: '[role=dialog]',
  }),
  office('password-weak', '/welcome', { 'POST /api/session/password': weak }, {
    act: [
      ['click', '[aria-haspopup=menu]:visible'],
      ['click', '[role=menuitem]:nth-last-child(4)'],
      ['fill', '[autocomplete=current-password]', 'x'],
      ['fill', '[autocomplete=new-password]', 'password'],
      ['click', '[role=dialog] [type=submit]'],
    ],
    settled: '[role=dialog] [data-error]',
  }),
  office('sessions', '/welcome', { '/api/session/sessions': list(sessions) }, { act: toSessions, settled: '[role=dialog] li' }),
  office('sessions-alone', '/welcome', { '/api/session/sessions': list(sessions.slice(0, 1)) }, { act: toSessions, settled: '[role=dialog] li' }),
  office('sessions-away', '/welcome', { '/api/session/sessions': problem(503, 'unavailable') }, { act: toSessions, settled: '[role=dialog] [role=alert]' }),
  office('members', '/members', crew, { ready: 'main table' }),
  office('members-long', '/members', { ...crew, '/api/members': list(people.members(1000)) }, { ready: 'main table' }),
  office('members-empty', '/members', { ...crew, '/api/members': list([]) }, { ready: 'main h2' }),
  office('members-loading', '/members', { ...crew, '/api/members': 'never' }, { ready: 'main [role=status]' }),
  office('members-nobody', '/members?search=zzz', { ...crew, '/api/members': list([]) }, { ready: 'main h2' }),
  office('members-forbidden', '/members', {}, { session: { roles: ['rep'] } }),
  office('member-new', '/members', crew, { ready: 'main table', act: [['click', 'main button']], settled: '[role=dialog]' }),
  office('member', `/members/${people.member.id}`, { ...crew, [one]: ok(people.member) }, { ready: '[role=dialog] form' }),
  office(
    'member-invited',
    `/members/${people.member.id}`,
    { ...crew, [one]: ok(people.member), [`POST ${one}/invitation`]: { status: 201, body: people.issued } },
    { ready: '[role=dialog] form', act: [['click', '[role=dialog] section button']], settled: '[role=dialog] textarea' },
  ),
  office('member-gone', `/members/${people.member.id}`, { ...crew, [one]: problem(404, 'not-found') }, { ready: '[role=alert]' }),
  office('teams', '/teams', crew, { ready: 'main li' }),
  office('teams-empty', '/teams', { '/api/teams': list([]) }, { ready: 'main h2' }),
  office('team', '/teams', crew, { ready: 'main li', act: [['click', 'main li:nth-child(4) button']], settled: '[role=dialog]' }),
  office('keys', '/keys', { '/api/keys': list(people.keys) }, { ready: 'main table' }),
  office('keys-empty', '/keys', { '/api/keys': list([]) }, { ready: 'main h2' }),
  office('key-revoke', '/keys', { '/api/keys': list(people.keys) }, { ready: 'main table', act: [['click', 'td .text-red']], settled: '[role=dialog]' }),
  office(
    'key-made',
    '/keys',
    { '/api/keys': list(people.keys), 'POST /api/keys': { status: 201, body: { id: 'x', key: 'pal_8sR5tB3wL6pF9hG7dJ2mZ0qYcQ1vK4xN' } } },
    {
      ready: 'main table',
      act: [['click', 'main button'], ['fill', '[role=dialog] input', 'CRM'], ['click', '[role=dialog] [type=submit]']],
      settled: '[role=dialog] textarea',
    },
  ),
  office('kpis', '/kpis', book, { ready: 'main li .figure' }),
  office('kpis-rep', '/kpis', book, { session: { roles: ['rep'] }, ready: 'main li .figure' }),
  office('kpis-loading', '/kpis', { '/api/kpis': 'never' }, { ready: 'main [role=status]' }),
  office('kpis-away', '/kpis', { '/api/kpis': 'away' }, { ready: 'main [role=alert]' }),
  office('kpis-late', '/kpis', { ...book, '/api/kpis/revenue/results': 'never', '/api/kpis/win-rate/results': 'away' }, { ready: 'main li .figure' }),
  office('kpi', '/kpis/revenue?period=2026-10', book, { ready: 'main table' }),
  office('kpi-rate', '/kpis/win-rate?period=2026-10', book, { ready: 'main table' }),
  office('kpi-region', '/kpis/revenue?period=2026-10&by=region&team=x&teamName=Rennes', { ...book, '/api/kpis/revenue/results': ok(figures.resultOf('revenue', { by: 'region' })) }, { ready: 'main table' }),
  office('kpi-empty', '/kpis/revenue?period=2026-10-01/2026-10-11', { ...book, '/api/kpis/revenue/results': ok(figures.resultOf('revenue', { rows: [] })) }, { ready: 'main h2:has-text("")' }),
  office('targets', '/targets?period=2026-10', { ...book, '/api/targets': ok(figures.targets) }, { ready: 'main table' }),
  office('target-edited', '/targets?period=2026-10', { ...book, '/api/targets': ok(figures.targets) }, {
    ready: 'main table',
    act: [['click', 'td:nth-child(2) button'], ['fill', 'td input', 'douze'], ['press', 'td input', 'Enter']],
    settled: 'td [role=alert]',
  }),
  office('imports', '/imports', { ...shelf, '/api/imports': list(files.imports) }, { ready: 'main table' }),
  office('imports-empty', '/imports', { '/api/import-mappings': list([]), '/api/imports': list([]) }, { ready: 'main h3' }),
  imported('import-draft', files.importOf('draft')),
  imported('import-several', files.several),
  imported('import-running', files.importOf('running')),
  imported('import-queued', files.importOf('queued')),
  imported('import-done', files.importOf('done')),
  imported('import-undo', files.importOf('done'), { act: [['click', 'main .text-red\\!']], settled: '[role=dialog]' }),
  imported('import-failed', files.importOf('failed')),
  imported('import-undone', files.importOf('undone')),
  office('settings', '/settings', { '/api/organisation': ok(people.settings) }, { ready: 'main form' }),
  office('settings-changed', '/settings', { '/api/organisation': ok(people.settings) }, {
    ready: 'main form',
    act: [['click', 'main form .shadow-card:has(.font-mono) button:has-text("Aj"), main form .shadow-card:has(.font-mono) button:has-text("Add")']],
    settled: 'form [role=status]',
  }),
  office('settings-saved', '/settings', { '/api/organisation': ok(people.settings), 'PATCH /api/organisation': ok(people.settings) }, {
    ready: 'main form',
    act: [['fill', 'main form input.font-mono', 'demo.given'], ['click', 'main form [type=submit]']],
    settled: 'main:not(:has(form [type=submit]))',
  }),
  office('settings-away', '/settings', { '/api/organisation': 'away' }, { ready: 'main [role=alert]' }),
  office('teams-loading', '/teams', { '/api/teams': 'never' }, { ready: 'main [role=status]' }),
  office('keys-away', '/keys', { '/api/keys': 'away' }, { ready: 'main [role=alert]' }),
  office('organisations-empty', '/organisations', { '/api/organisations': list([]), '/api/signatures': list([]) }, { session: { operator: true }, ready: 'main h2' }),
  office('organisations', '/organisations', { '/api/organisations': list(people.organisations), '/api/signatures': list(made.operatorSignatures) }, { session: { operator: true }, ready: 'main table' }),
  office('organisation-new', '/organisations', { '/api/organisations': list(people.organisations), '/api/signatures': list([]) }, { session: { operator: true }, ready: 'main table', act: [['click', 'main button']], settled: '[role=dialog]' }),
  office('office-away', '/welcome', { '/api/session': 'away' }, { ready: '[role=alert]' }),
];
