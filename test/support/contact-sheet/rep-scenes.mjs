// What a rep sees.
import { list, ok, problem } from './answer.mjs';
import { challengeId, entriesOf } from './fixture.mjs';
import { sessionOf } from './office-fixture.mjs';
import * as rep from './rep-fixture.mjs';

const one = `/api/challenges/${challengeId}`;
const score = `${one}/scores/${rep.me}`;
const board = ok(rep.boardWith(rep.rows));

const everything = {
  '/api/session': ok(sessionOf({ roles: ['rep'] })),
  '/api/notifications': ok(rep.notices),
  '/api/challenges': list([rep.challengeOf(), rep.second, rep.coming, rep.past]),
  [one]: ok(rep.challengeOf()),
  [`${one}/board`]: board,
  [`/api/challenges/${rep.second.id}/board`]: ok(rep.boardWith(rep.mine(entriesOf.five(), 0))),
  [`/api/challenges/${rep.past.id}/board`]: ok(rep.boardWith(rep.mine(entriesOf.full(), 1))),
  [`${one}/place`]: ok({ place: rep.places.fourth }),
  [`/api/challenges/${rep.second.id}/place`]: ok({ place: rep.places.first }),
  [`/api/challenges/${rep.past.id}/place`]: ok({ place: rep.places.second }),
  [score]: ok(rep.proof),
  [`${score}/activities`]: ok(rep.leaves),
  [`${score}/without/${encodeURIComponent('crm~S-4180')}`]: ok(rep.without),
  [`${one}/terms`]: ok(rep.termsOf('2026-10-02T09:30:00Z')),
  [`${one}/race`]: ok(rep.race),
  [`${one}/winnings`]: ok({ winnings: { points: 100, prizes: [] } }),
  '/api/wallet': ok(rep.wallet),
  '/api/wallet/postings': ok(rep.postings),
  '/api/wallet/lots': list(rep.lots),
  '/api/wallet/upcoming': ok(rep.upcoming),
  '/api/wallet/prizes': ok(rep.prizes),
  '/api/disputes': list(rep.disputes),
  '/api/kpis/target-attainment/results': ok(rep.results(0.781)),
  '/api/kpis/projected-landing/results': ok(rep.results('541200', { ofTarget: 1.025 })),
};

const scene = (name, path, answers = {}, rest = {}) => ({
  name,
  path,
  line: 'live',
  ready: 'main h1',
  ...rest,
  answers: { ...everything, ...answers },
});
const challenge = (name, answers = {}, rest = {}) =>
  scene(name, `/challenges/${challengeId}`, answers, { ready: 'main ol li', ...rest });

/** Shown as certified, provisional…: the challenge and its board say so alike. */
const ended = (status, more = {}) => ({
  [one]: ok(rep.challengeOf({ status, ...more })),
  [`${one}/board`]: (query) =>
    ok(query.get('asOf') ? rep.before : rep.boardWith(rep.mine(entriesOf.full(), 2), { status })),
});

export const repScenes = [
  challenge('challenge', {}, { hears: true }),
  challenge('challenge-race', {}, { settled: 'canvas', act: [['press', 'body', 'End']] }),
  challenge('challenge-crowd', { [`${one}/board`]: ok(rep.boardWith(rep.mine(entriesOf.crowd(), 137))) }),
  challenge(
    'challenge-crowd-whole',
    { [`${one}/board`]: ok(rep.boardWith(rep.mine(entriesOf.crowd(), 7))) },
    { act: [['click', 'main button[aria-expanded=false]:has-text("300")']], settled: 'li.placed' },
  ),
  challenge('challenge-masked', { [`${one}/board`]: ok(rep.boardWith(rep.masked(rep.mine(entriesOf.full(), 8)))) }),
  challenge('challenge-start', { [`${one}/board`]: ok(rep.boardWith(rep.mine(entriesOf.start(), 3))) }),
  challenge('challenge-odd', { [`${one}/board`]: ok(rep.boardWith(rep.mine(entriesOf.odd(), 1))) }),
  challenge('challenge-unread', { [`${one}/terms`]: ok(rep.termsOf(null)) }),
  challenge('challenge-terms', { [`${one}/terms`]: ok(rep.termsOf(null)) }, { act: [['click', 'main .bg-amber-soft button']], settled: '[role=dialog]' }),
  challenge('challenge-provisional', ended('provisional'), { at: '2026-11-02T08:00:00Z', settled: 'main .line-through' }),
  challenge('challenge-certified', ended('certified', { certifiedAt: '2026-11-06T08:00:00Z' }), { at: '2026-11-07T08:00:00Z' }),
  challenge('challenge-cancelled', ended('cancelled', { cancelReason: 'erreur dans les règles' })),
  challenge('challenge-cut', {}, { line: 'cut', ready: '[role=status] button' }),
  challenge('challenge-loading', { [one]: 'never' }, { ready: '[role=status]' }),
  challenge('challenge-gone', { [one]: problem(404, 'not-found') }, { ready: '[role=alert]' }),
  challenge('challenge-away', { [one]: 'away' }, { ready: '[role=alert]' }),
  challenge('why', {}, { path: `/challenges/${challengeId}?why=1`, ready: '[role=dialog] li' }),
  challenge('why-without', { [`${score}/activities`]: ok(rep.counted) }, {
    path: `/challenges/${challengeId}?why=0`,
    ready: '[role=dialog] li',
    act: [['click', '[role=dialog] li button']],
    settled: '[role=dialog] li [role=status]',
  }),
  challenge('why-report', { [`${score}/activities`]: ok(rep.counted) }, {
    path: `/challenges/${challengeId}?why=0`,
    ready: '[role=dialog] li',
    act: [['click', '[role=dialog] li button:nth-of-type(2)']],
    settled: 'form#dispute',
  }),
  challenge('sale-missing', {}, { act: [['click', 'main button.border-edge']], settled: 'form#dispute' }),
  scene('challenges', '/challenges', {}, { ready: 'main li' }),
  scene('challenges-empty', '/challenges', { '/api/challenges': list([]) }, { ready: 'main h2' }),
  scene('challenges-loading', '/challenges', { '/api/challenges': 'never' }, { ready: 'main [role=status]' }),
  scene('challenges-away', '/challenges', { '/api/challenges': 'away' }, { ready: 'main [role=alert]' }),
  scene('today', '/today', {}, { ready: 'main li' }),
  scene('today-behind', '/today', {
    '/api/challenges': list([rep.challengeOf()]),
    '/api/kpis/target-attainment/results': ok(rep.results(0.42)),
    '/api/kpis/projected-landing/results': ok(rep.results('381200', { ofTarget: 0.72 })),
  }, { ready: 'main li' }),
  scene('today-empty', '/today', {
    '/api/challenges': list([]),
    '/api/notifications': ok({ items: [], unread: 0, nextCursor: null }),
    '/api/wallet': ok({ memberId: rep.me, wallets: [] }),
    '/api/wallet/postings': list([]),
    '/api/wallet/upcoming': ok({ items: [] }),
    '/api/kpis/target-attainment/results': ok(rep.results(null)),
  }, { ready: 'main h2' }),
  scene('today-away', '/today', { '/api/challenges': 'away', '/api/wallet': 'away', '/api/wallet/postings': 'away', '/api/kpis/target-attainment/results': 'away' }, { ready: 'main [role=alert]' }),
  scene('points', '/points', {}, { ready: 'main table' }),
  scene('points-empty', '/points', {
    '/api/wallet': ok({ memberId: rep.me, wallets: [] }),
    '/api/wallet/postings': list([]),
    '/api/wallet/lots': list([]),
    '/api/wallet/upcoming': ok({ items: [] }),
  }, { ready: 'main h3' }),
  scene('disputes-mine', '/disputes/mine', {}, { ready: 'main li' }),
  scene('disputes-mine-empty', '/disputes/mine', { '/api/disputes': list([]) }, { ready: 'main h2' }),
  scene('notifications', '/today', {}, { ready: 'main li', act: [['click', '[aria-haspopup=dialog]:visible']], settled: '[role=dialog] li' }),
];
