import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { activityIdOf } from '@palmares/shared/activity/activity-id';
import { scopes } from '@palmares/shared/auth/scope';
import { routes } from '../support/routes.js';
import { march, sale } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

/** Who comes: with which token, in which words. */
const callers = [
  'nobody',
  'a stranger',
  'a forged link',
  ...scopes,
  'the link of the board',
  'the link of another board',
  'a revoked link',
  'another organisation',
] as const;
type Caller = (typeof callers)[number];

/** The answers that are not the ordinary refusal: 401 without a valid token, else 403. */
interface Line {
  body?: unknown;
  answers: Partial<Record<Caller, number>>;
}

const UNKNOWN = ['nobody', 'a stranger', 'a forged link', 'a revoked link'];
const LINKS = ['the link of the board', 'the link of another board'] as const;
const everybody = Object.fromEntries(callers.map((caller) => [caller, 200]));
const admins = (status: number, elsewhere: number) => ({
  admin: status,
  'another organisation': elsewhere,
});
const readers = (status: number, elsewhere: number) => ({
  read: status,
  ...admins(status, elsewhere),
});

/** Every route there is; one that is missing here fails below. */
const matrix: Record<string, Line> = {
  'GET /api/health/live': { answers: everybody },
  'GET /api/health/ready': { answers: everybody },
  'GET /metrics': { answers: everybody },
  'GET /api/demo': {
    answers: Object.fromEntries(callers.map((caller) => [caller, 404])),
  },
  'POST /api/activities': {
    body: { activities: [] },
    answers: { 'activities:write': 200, ...admins(200, 200) },
  },
  'POST /api/activities/:activity/verdict': {
    body: { verdict: 'accepted' },
    answers: admins(204, 404),
  },
  'GET /api/activities/:activity/revisions': { answers: readers(200, 404) },
  'GET /api/sources': { answers: readers(200, 200) },
  'POST /api/challenges': { body: march, answers: admins(201, 201) },
  'GET /api/challenges': { answers: readers(200, 200) },
  'GET /api/challenges/:id': { answers: readers(200, 404) },
  'POST /api/challenges/:id/launch': { answers: admins(409, 404) },
  'GET /api/challenges/:id/board': {
    answers: {
      ...readers(200, 404),
      'the link of the board': 200,
      'the link of another board': 404,
    },
  },
  'POST /api/challenges/:id/board-links': { answers: admins(201, 404) },
  'DELETE /api/board-links/:link': { answers: admins(204, 404) },
  'GET /api/board-link': { answers: Object.fromEntries(LINKS.map((link) => [link, 200])) },
};

let server: TestServer;
let challengeId: string;
let linkToRevoke: string;
let activityId: string;
const tokens: Partial<Record<Caller, string>> = {};

beforeAll(async () => {
  server = await startServer();
  const house = await server.organisation(['zoe']);
  challengeId = await house.challenge();
  const known = sale('zoe', 1);
  await house.record(known);
  activityId = activityIdOf(known);
  const link = await house.boardLink(challengeId);
  tokens['the link of the board'] = link.token;
  tokens['the link of another board'] = (await house.boardLink(await house.challenge())).token;
  tokens['a forged link'] = link.token.replace(/.{4}$/, 'AAAA');
  const revoked = await house.boardLink(challengeId);
  await house.admin.delete(`/api/board-links/${revoked.id}`);
  tokens['a revoked link'] = revoked.token;
  tokens['a stranger'] = 'pal_key_0123_x';
  for (const scope of scopes) tokens[scope] = await house.key(scope);
  const other = await server.organisation();
  tokens['another organisation'] = await other.key('admin');
  linkToRevoke = (await house.boardLink(challengeId)).id;
});
afterAll(() => server.close());

describe('every route', () => {
  it('declares who may call it', () => {
    const silent = routes(server.app).filter(({ access }) => access === undefined);
    expect(silent).toEqual([]);
  });

  it('stands in the matrix below', () => {
    const name = (route: string) => route.replaceAll(/:\w+/g, ':');
    const known = routes(server.app).map((route) => name(route.name));
    expect(Object.keys(matrix).map(name).toSorted()).toEqual(known.toSorted());
  });
});

describe.each(Object.entries(matrix))('%s', (name, { body, answers }) => {
  const [method = '', path = ''] = name.split(' ');

  it.each(callers)('answers %s as it should', async (caller) => {
    const place = path
      .replace(':id', challengeId)
      .replace(':link', linkToRevoke)
      .replace(':activity', activityId);
    const { status, body: answer } = await server.client(tokens[caller]).send(method, place, body);
    const expected = answers[caller] ?? (UNKNOWN.includes(caller) ? 401 : 403);
    expect({ status, answer }).toMatchObject({ status: expected });
  });
});

describe('a token', () => {
  it.each([
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    'Bearer pal_key_00000000000000000000000000000000_0123456789012345678901234567890123456789abc',
    'Bearer pal_board_00000000000000000000000000000000_0123456789012345678901234567890123456789abc',
    'Bearer pal_board_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz_0123456789012345678901234567890123456789abc',
    `Bearer ${'x'.repeat(4000)}`,
  ])('such as %.60s lets nobody in', async (authorization) => {
    const { status, body } = await server
      .client()
      .raw<{ code: string }>('/api/challenges', { headers: { authorization } });
    expect([status, body.code]).toEqual([401, 'unauthenticated']);
  });

  it('of one key does not open with the id of another', async () => {
    const [, , id] = (tokens.admin ?? '').split('_');
    const [, , , secret] = (tokens.read ?? '').split('_');
    const mixed = server.client(`pal_key_${id}_${secret}`);
    expect((await mixed.get('/api/challenges')).status).toBe(401);
  });
});
