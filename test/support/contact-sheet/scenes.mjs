// Every screen in every state: what the server would answer, and what must be there to be seen.
import { ok, problem } from './answer.mjs';
import { boardOf, challengeId, entriesOf, framesAfter, linkOf } from './fixture.mjs';
import { managerScenes } from './manager-scenes.mjs';
import { officeScenes } from './office-scenes.mjs';
import { tvScenes } from './tv-scenes.mjs';
import { repScenes } from './rep-scenes.mjs';
import { stageScenes } from './stage-scenes.mjs';

/** `answers`: path, or method and path → answer, `'never'` or `'away'`. `line`: what the socket
 * does; `hears`: the page is live. `frames` are sent then, `act` is done by the reader; both are
 * over when `settled` is there. */
function board(name, { entries, link = {}, more = {}, ready = 'ol li', ...rest }) {
  const rows = entries();
  return {
    name,
    path: '/board#picture',
    answers: {
      '/api/board-link': ok(linkOf(link)),
      [`/api/challenges/${challengeId}/board`]: ok(boardOf(rows, link)),
      ...more,
    },
    line: 'live',
    hears: (link.status ?? 'live') === 'live' && rest.line !== 'cut',
    ready,
    ...rest,
  };
}

const refused = (name, answer, ready = '[role=alert]') => ({
  name,
  path: '/board#picture',
  answers: { '/api/board-link': answer },
  line: 'live',
  ready,
});

const home = (name, answer, ready) => ({
  name,
  path: '/',
  answers: { '/api/session': answer },
  line: 'live',
  ready,
});

const full = entriesOf.full();

export const scenes = [
  board('full', { entries: entriesOf.full }),
  board('empty', { entries: entriesOf.none, ready: 'main h3' }),
  {
    ...board('loading', { entries: entriesOf.full, ready: '[role=status]' }),
    answers: { '/api/board-link': 'never' },
    hears: false,
  },
  refused('error', problem(401, 'unauthenticated')),
  board('moving', { entries: entriesOf.full, frames: framesAfter(full), settled: 'li:nth-child(2) > .text-green' }),
  board('five', { entries: entriesOf.five }),
  board('crowd', { entries: entriesOf.crowd }),
  board('odd', { entries: entriesOf.odd, link: { name: 'Antikonstitutionell et très long : le grand challenge de printemps des équipes d’Auvergne-Rhône-Alpes' } }),
  board('start', { entries: entriesOf.start }),
  board('scheduled', { entries: entriesOf.start, link: { status: 'scheduled' }, at: '2026-09-28T08:00:00Z' }),
  board('provisional', { entries: entriesOf.full, link: { status: 'provisional' }, at: '2026-11-02T08:00:00Z' }),
  board('reconnecting', { entries: entriesOf.full, line: 'cut', ready: '[role=status] button' }),
  board('nobody-found', { entries: entriesOf.full, type: 'zzz' }),
  refused('away', 'away'),
  refused('gone', problem(404, 'not-found')),
  refused('broken', problem(500, 'internal')),
  { ...refused('no-link', problem(401, 'unauthenticated')), path: '/board' },
  home('home-away', 'away', 'h1'),
  { ...home('lost', problem(404, 'not-found'), 'h1'), path: '/nowhere/at/all' },
  ...officeScenes,
  ...managerScenes,
  ...tvScenes,
  ...repScenes,
  ...stageScenes,
];

/** The clock of a scene, so that every picture shows the same countdown. */
export const instantOf = (scene) => Date.parse(scene.at ?? '2026-10-22T12:06:30Z');
