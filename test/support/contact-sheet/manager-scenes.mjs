// The screens of managers and of HR.
import { list, ok, problem } from './answer.mjs';
import { sessionOf } from './office-fixture.mjs';
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
  '/api/challenges': list(made.challenges),
  [`/api/challenges/${challenge.id}`]: ok(challenge),
  [`/api/challenges/${challenge.id}/terms`]: ok(made.termsOf(challenge.id)),
  [`/api/challenges/${challenge.id}/cost`]: ok(made.cost),
  [`POST /api/challenges/${challenge.id}/amend`]: ok({ version: 2, items: made.moved }),
});
const studio = (name, step, { challenge = made.draft, ...rest } = {}) =>
  office(name, `/studio/${challenge.id}?step=${step}`, drafted(challenge), { ready: 'main aside', ...rest });
const faults = [['click', 'main form button[type=submit]']];

export const managerScenes = [
  office('studio', '/studio', drafted(made.draft), { ready: 'main table' }),
  office('studio-empty', '/studio', { '/api/challenges': list([]) }, { ready: 'main h2' }),
  office('studio-loading', '/studio', { '/api/challenges': 'never' }, { ready: 'main [role=status]' }),
  office('studio-away', '/studio', { '/api/challenges': 'away' }, { ready: 'main [role=alert]' }),
  office('studio-menu', '/studio', drafted(made.draft), { ready: 'main table', act: [['click', 'tbody tr:nth-child(3) [aria-haspopup=menu]']], settled: '[role=menu]' }),
  office('studio-template', '/studio/new', crew, { ready: 'main li h2, main li button' }),
  studio('studio-audience', 'audience'),
  studio('studio-members', 'audience', { challenge: { ...made.draft, audience: { kind: 'members', memberIds: people.members(9).map(({ id }) => id) } } }),
  studio('studio-rules', 'rules'),
  studio('studio-prizes', 'prizes'),
  studio('studio-unbounded', 'prizes', { challenge: { ...made.faulty, name: 'Sans plafond', to: '2026-12-01', rules: made.draft.rules.slice(0, 1) } }),
  studio('studio-terms', 'terms'),
  studio('studio-clause', 'terms', { act: [['click', 'main li button >> nth=1']], settled: 'main textarea' }),
  studio('studio-launch', 'launch', { ready: 'main dl dd' }),
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
];
