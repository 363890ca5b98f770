// The first door, the links of a board, boards before their first day and very long ones.
import { list, ok, problem } from './answer.mjs';
import { boardOf, challengeId, entriesOf, linkOf } from './fixture.mjs';
import * as made from './manager-fixture.mjs';
import { sessionOf, signIns } from './office-fixture.mjs';
import * as rep from './rep-fixture.mjs';

const board = {
  '/api/board-link': ok(linkOf()),
  [`/api/challenges/${challengeId}/board`]: ok(boardOf(entriesOf.full())),
};
const door = (name, path, answers, rest) => ({
  name,
  path,
  line: 'live',
  ...rest,
  answers: { '/api/session': problem(401, 'unauthenticated'), ...answers },
});

const one = `/api/challenges/${made.live.id}`;
const claire = { id: '00000000-0000-4000-8000-000000000077', name: 'Claire Delmas' };
const links = [
  { id: 'a1', createdAt: '2026-10-21T16:20:00Z', createdBy: claire, lastUsedAt: '2026-10-22T11:58:00Z', revokedAt: null },
  { id: 'a2', createdAt: '2026-10-02T09:00:00Z', createdBy: null, lastUsedAt: null, revokedAt: null },
  { id: 'a3', createdAt: '2026-09-28T09:00:00Z', createdBy: claire, lastUsedAt: '2026-09-30T09:00:00Z', revokedAt: '2026-10-01T10:00:00Z' },
];
const actions = `main button[aria-haspopup=menu][aria-label$="${made.live.name}"]`;
const shared = (name, found, more = {}) => ({
  name,
  path: '/studio',
  line: 'live',
  ready: 'main table',
  act: [['click', actions], ['click', '[role=menuitem]:has(.lucide-tv)'], ...(more.act ?? [])],
  settled: more.settled ?? '[role=dialog] h3',
  answers: {
    '/api/session': ok(sessionOf({ roles: ['manager'] })),
    '/api/challenges': list(made.challenges),
    [`${one}/board-links`]: found,
    [`POST ${one}/board-links`]: ok({ id: 'a1', token: 'pal_board_0b4c0b527c0e4f0e9a532f1d6a7a0001_Xk3', path: '/board#x' }),
  },
});

/** Six hundred and one, of whom frames tell the best fifty. */
const known = rep.boardWith(rep.mine(entriesOf.crowd(), 137));
const vast = (from, to) => ({
  ...known,
  total: 601,
  view: { policy: 'audience', me: rep.me, window: 50 },
  rows: known.rows.slice(from, to),
});
const challenge = (name, answers, rest = {}) => ({
  name,
  path: `/challenges/${challengeId}`,
  line: 'live',
  ready: 'main ol li',
  ...rest,
  answers: {
    '/api/session': ok(sessionOf({ roles: ['rep'] })),
    '/api/notifications': ok(rep.notices),
    [`/api/challenges/${challengeId}`]: ok(rep.challengeOf()),
    [`/api/challenges/${challengeId}/terms`]: ok(rep.termsOf('2026-10-02T09:30:00Z')),
    [`/api/challenges/${challengeId}/scores/${rep.me}`]: ok(rep.proof),
    [`/api/challenges/${challengeId}/race`]: ok(rep.race),
    [`/api/challenges/${challengeId}/winnings`]: ok({ winnings: { points: 0, prizes: [] } }),
    ...answers,
  },
});
const boardPath = `/api/challenges/${challengeId}/board`;

export const stageScenes = [
  door('setup', '/setup#x', { 'POST /api/setup/look': ok({ expiresAt: '2026-10-23T12:00:00Z' }) }, { ready: 'main form' }),
  door('setup-empty', '/setup#x', { 'POST /api/setup/look': ok({ expiresAt: '2026-10-23T12:00:00Z' }) }, {
    ready: 'main form',
    act: [['click', 'main form button[type=submit]']],
    settled: '[data-error]',
  }),
  door('setup-taken', '/setup#x', {
    'POST /api/setup/look': ok({ expiresAt: '2026-10-23T12:00:00Z' }),
    'POST /api/setup': problem(404, 'not-found'),
  }, {
    ready: 'main form',
    act: [
      ['fill', 'main form input >> nth=0', 'Toits de Bretagne'],
      ['fill', 'main form input[autocomplete=name]', 'Eva Morel'],
      ['fill', 'main form input[type=email]', 'eva@example.com'],
      ['fill', 'main form input[type=password]', 'une phrase assez longue'],
      ['click', 'main form button[type=submit]'],
    ],
    settled: 'main [role=alert] h2',
  }),
  door('setup-gone', '/setup#x', { 'POST /api/setup/look': problem(404, 'not-found') }, { ready: '[role=alert]' }),
  door('setup-away', '/setup#x', { 'POST /api/setup/look': 'away' }, { ready: '[role=alert]' }),
  door('sign-in-live', '/sign-in', {
    '/api/demo': ok({ ready: true, told: 1, boardToken: 'x', signIns }),
    ...board,
  }, { ready: 'main ul li' }),
  shared('links', list(links)),
  shared('links-none', list([])),
  shared('links-made', list(links), { act: [['click', '[role=dialog] footer button:last-of-type']], settled: '[role=dialog] textarea' }),
  shared('links-away', 'away', { settled: '[role=dialog] [role=alert]' }),
  challenge('challenge-scheduled', {
    [`/api/challenges/${challengeId}`]: ok(rep.challengeOf({ status: 'scheduled' })),
    [boardPath]: ok(rep.boardWith(rep.mine(entriesOf.crowd().map((row) => ({ ...row, score: '0', reachedAt: null })), 4), { status: 'scheduled' })),
  }, { at: '2026-09-28T08:00:00Z' }),
  challenge('challenge-vast', {
    [boardPath]: (query) => ok(query.get('around') ? vast(134, 141) : vast(0, 60)),
  }),
];
