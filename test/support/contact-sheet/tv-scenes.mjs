// The board on a wall: every picture from a notebook’s screen to a television.
import { ok, problem } from './answer.mjs';
import { boardOf, challengeId, entriesOf, framesAfter, linkOf } from './fixture.mjs';

const link = { name: 'Sprint d’automne, rénovation énergétique' };

const tv = (name, entries, more = {}) => ({
  name,
  path: '/tv#picture',
  answers: {
    '/api/board-link': ok(linkOf(link)),
    [`/api/challenges/${challengeId}/board`]: ok(boardOf(entries, link)),
  },
  line: 'live',
  hears: true,
  ready: 'ol li',
  sizes: ['screen', 'tv'],
  ...more,
});

const full = entriesOf.full();

export const tvScenes = [
  tv('tv', full),
  tv('tv-cheer', full, { frames: framesAfter(full), settled: '.cheer' }),
  tv('tv-few', entriesOf.five()),
  tv('tv-odd', entriesOf.odd()),
  tv('tv-start', entriesOf.start()),
  tv('tv-stale', full, { line: 'cut', hears: false, ready: '[role=status].text-amber' }),
  tv('tv-revoked', full, {
    answers: { '/api/board-link': problem(401, 'unauthenticated') },
    hears: false,
    ready: '[role=alert]',
  }),
];
