// The screens behind the door, and the door.
import { ok, problem } from './answer.mjs';
import { invitationOf, sessionOf, signIns } from './office-fixture.mjs';

const nobody = problem(401, 'unauthenticated');

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

/** A page before the door. */
const door = (name, path, answers, rest = {}) =>
  office(name, path, { '/api/session': nobody, '/api/demo': problem(404, 'not-found'), ...answers }, rest);

export const officeScenes = [
  door('sign-in', '/sign-in', {}),
  door('sign-in-demo', '/sign-in', { '/api/demo': ok({ boardToken: 'x', signIns }) }, { ready: 'main li' }),
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
  door('invitation', '/invitation#x', { '/api/invitations/x': ok(invitationOf('invitation', false)) }, { ready: 'form' }),
  door('invitation-reset', '/invitation#x', { '/api/invitations/x': ok(invitationOf('reset', true)) }, { ready: 'form' }),
  door('invitation-gone', '/invitation#x', { '/api/invitations/x': problem(404, 'not-found') }, { ready: '[role=alert]' }),
  office('choice', '/organisation-choice', {}, { session: { current: false }, ready: 'main li' }),
  office('welcome', '/welcome', {}, { session: { roles: ['hr'] } }),
  office('account', '/welcome', {}, { act: [['click', '[aria-haspopup=menu]:visible']], settled: '[role=menu]' }),
  office('password', '/welcome', {}, {
    act: [
      ['click', '[aria-haspopup=menu]:visible'],
      ['click', '[role=menuitem]:nth-last-child(3)'],
    ],
    settled: '[role=dialog]',
  }),
  office('office-away', '/welcome', { '/api/session': 'away' }, { ready: '[role=alert]' }),
];
