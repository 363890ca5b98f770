// The screens of managers and of HR.
import { list, ok, problem } from './answer.mjs';
import { sessionOf } from './office-fixture.mjs';
import * as figures from './kpi-fixture.mjs';
import * as made from './manager-fixture.mjs';
import * as people from './people-fixture.mjs';

/** A page as a manager sees it, unless said otherwise. */
function office(name, path, answers, { session = { roles: ['manager'] }, ready = 'main h1', ...rest } = {}) {
  const signedIn = { '/api/session': ok(sessionOf(session)) };
  return { name, path, line: 'live', ready, ...rest, answers: { ...signedIn, ...answers } };
}

const crew = { '/api/teams': list(people.teams), '/api/members': list(people.members(48)) };
const drafted = (challenge) => ({
  ...crew,
  '/api/challenges': list([made.asked, ...made.challenges]),
  '/api/countersigns': list(made.countersigns),
  [`/api/challenges/${challenge.id}`]: ok(challenge),
  [`/api/challenges/${challenge.id}/terms`]: ok(made.termsOf(challenge.id)),
  [`/api/challenges/${challenge.id}/cost`]: ok(made.cost),
  [`POST /api/challenges/${challenge.id}/amend`]: ok({ version: 2, items: made.moved, ...made.entered }),
});
const studio = (name, step, { challenge = made.draft, ...rest } = {}) =>
  office(name, `/studio/${challenge.id}?step=${step}`, drafted(challenge), { ready: 'main aside', ...rest });
const faults = [['click', 'main form button[type=submit]']];

const closed = (challenge, state, more = {}) => ({
  [`/api/challenges/${challenge.id}`]: ok(challenge),
  [`/api/challenges/${challenge.id}/certification`]: ok(state),
  [`/api/challenges/${challenge.id}/differences`]: ok(made.differences),
  [`/api/challenges/${challenge.id}/board`]: ok(made.standings),
  [`/api/challenges/${challenge.id}/terms/acknowledgements`]: ok(made.roll),
  [`/api/members/${made.signerId}`]: ok({ ...people.member, id: made.signerId, name: 'Paul Armand' }),
  ...more,
});
const close = (name, challenge, state, { more, ...rest } = {}) =>
  office(name, `/challenges/${challenge.id}/close`, closed(challenge, state, more), { ready: 'main ol li', ...rest });
const reports = { '/api/disputes': list(made.disputes), [`/api/activities/${made.disputes[0].activityId}/revisions`]: list([made.revision]) };

const closing = [
  close('close', made.over, made.certification),
  close('close-second', made.over, made.signedOnce),
  close('close-puppet', made.over, made.puppet, { session: { roles: ['hr'] } }),
  close('close-certified', { ...made.over, status: 'certified' }, made.certified, { session: { roles: ['hr'] } }),
  close('close-sign', made.over, made.certification, { act: [['click', 'main section button.min-h-13']], settled: '[role=dialog]' }),
  close('close-early', made.live, made.certification, { ready: 'main h2' }),
  close('close-away', made.over, made.certification, { ready: '[role=alert]', more: { [`/api/challenges/${made.overId}/board`]: 'away' } }),
  office('disputes', '/disputes?status=all', reports, { ready: 'main blockquote' }),
  office('dispute-answered', '/disputes', reports, { ready: 'main blockquote', act: [['click', 'main li article > button'], ['click', 'main form .bg-red']], settled: '[data-error]' }),
  office('disputes-empty', '/disputes', { '/api/disputes': list([]) }, { ready: 'main h2' }),
];

/** Only money has a target here. */
const attained = (query) =>
  ok(query.get('of') === 'revenue' ? made.attained : { ...made.attained, total: made.untargeted });
const book = {
  '/api/kpis': ok({ items: figures.kpis }),
  '/api/teams': list(people.teams),
  '/api/sources': list([{ source: 'crm', heardAt: '2026-10-22T11:58:00Z', occurredOn: '2026-10-22' }]),
  '/api/activities': ok(made.facts),
  ...Object.fromEntries(
    figures.kpis.flatMap(({ code }) => [
      [`/api/kpis/${code}/results`, code === 'target-attainment' ? attained : ok(figures.resultOf(code, { by: 'team' }))],
      [`/api/kpis/${code}/trend`, ok(made.trendOf(figures.kpis.find((one) => one.code === code)))],
    ]),
  ),
};
const seat = [
  office('cockpit', '/cockpit?period=2026-10', book, { ready: 'main canvas' }),
  office('cockpit-team', '/cockpit?period=2026-10&kpi=win-rate&team=x&teamName=Rennes', book, { ready: 'main table >> nth=1' }),
  office('cockpit-loading', '/cockpit', { '/api/kpis': 'never' }, { ready: 'main [role=status]' }),
  office('cockpit-away', '/cockpit', { '/api/kpis': 'away' }, { ready: 'main [role=alert]' }),
];

const hr = { session: { roles: ['hr'] } };
const purse = {
  '/api/budgets': list(made.budgets),
  '/api/ceilings': ok(made.ceilings),
  '/api/countersigns': list(made.countersigns),
  '/api/challenges': list([made.over]),
  '/api/ledger/check': ok(made.check),
  '/api/members': list(people.members(24)),
  [`/api/members/${people.member.id}/wallet`]: ok(made.wallet),
  [`/api/members/${people.member.id}/wallet/postings`]: list(made.postings),
};
const pay = [
  office('palette', '/cockpit?period=2026-10', { ...book, ...crew, '/api/challenges': list(made.challenges) }, { ready: 'main canvas', act: [['press', 'body', 'Control+k'], ['fill', '[role=dialog] input', 's']], settled: '[role=option] >> nth=3' }),
  office('shortcuts', '/cockpit?period=2026-10', book, { ready: 'main canvas', act: [['press', 'body', '?']], settled: '[role=dialog] kbd' }),
  office('budgets', `/budgets?member=${people.member.id}`, purse, { ...hr, ready: 'main section li' }),
  office('budgets-empty', '/budgets', { ...purse, '/api/budgets': list([]), '/api/countersigns': list([]), '/api/challenges': list([]) }, { ...hr, ready: 'main h2' }),
  office('budget-wrong', '/budgets', { ...purse, '/api/ledger/check': ok(made.wrong) }, { ...hr, ready: 'main section li' }),
  office('budget-adjust', `/budgets?member=${people.member.id}`, purse, { ...hr, ready: 'main section li', act: [['click', 'main section button'], ['click', '[role=dialog] [type=submit]']], settled: '[role=dialog] [data-error]' }),
  office('audit', '/audit', { '/api/audit': ok(made.audit) }, { ...hr, ready: 'main table' }),
  office('audit-empty', '/audit?search=zzz', { '/api/audit': ok(made.audit) }, { ...hr, ready: 'main h2' }),
];

export const managerScenes = [
  office('studio', '/studio', drafted(made.draft), { ready: 'main table' }),
  office('studio-empty', '/studio', { '/api/challenges': list([]) }, { ready: 'main h2' }),
  office('studio-loading', '/studio', { '/api/challenges': 'never' }, { ready: 'main [role=status]' }),
  office('studio-away', '/studio', { '/api/challenges': 'away' }, { ready: 'main [role=alert]' }),
  office('studio-menu', '/studio', drafted(made.draft), { ready: 'main table', act: [['click', 'tbody tr:nth-child(3) [aria-haspopup=menu]']], settled: '[role=menu]' }),
  office('studio-template', '/studio/new', crew, { ready: 'main li h2, main li button' }),
  studio('studio-audience', 'audience'),
  studio('studio-outside', 'audience', { challenge: { ...made.draft, audience: { kind: 'everyone' } }, ready: 'main [role=alert]' }),
  studio('studio-foreign', 'launch', { challenge: { ...made.live, maySteer: false, audience: { kind: 'everyone' } } }),
  studio('studio-add', 'audience', { challenge: made.live }),
  studio('studio-members', 'audience', { challenge: { ...made.draft, audience: { kind: 'members', memberIds: people.members(9).map(({ id }) => id) } } }),
  studio('studio-rules', 'rules'),
  studio('studio-prizes', 'prizes'),
  studio('studio-unbounded', 'prizes', { challenge: { ...made.faulty, name: 'Sans plafond', to: '2026-12-01', rules: made.draft.rules.slice(0, 1) } }),
  studio('studio-terms', 'terms'),
  studio('studio-clause', 'terms', { act: [['click', 'main li button[aria-label] >> nth=1']], settled: 'main textarea' }),
  studio('studio-launch', 'launch', { ready: 'main dl dd' }),
  studio('studio-asked', 'launch', { challenge: made.asked, ready: 'main dl dd' }),
  studio('studio-faults', 'rules', { challenge: made.faulty, act: faults, settled: 'main nav .text-red' }),
  studio('studio-amend', 'launch', {
    challenge: made.live,
    act: [
      ['click', 'main nav li:nth-child(1) button'],
      ['fill', 'main form input', 'Sprint d’automne prolongé'],
      ['click', 'main nav li:nth-child(5) button'],
      ['click', 'main form section button'],
    ],
    settled: 'main table',
  }),
  office('studio-cancel', '/studio', drafted(made.draft), {
    ready: 'main table',
    act: [['click', 'tbody tr:nth-child(3) [aria-haspopup=menu]'], ['click', '[role=menuitem].text-red']],
    settled: '[role=dialog] textarea',
  }),
  office('studio-gone', `/studio/${made.draftId}`, { ...crew, [`/api/challenges/${made.draftId}`]: problem(404, 'not-found') }, { ready: '[role=alert]' }),
  ...closing,
  ...seat,
  ...pay,
];
