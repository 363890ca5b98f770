import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { policy } from '@palmares/shared/access/policy';
import { activityIdOf } from '@palmares/shared/activity/activity-id';
import type { SessionView } from '@palmares/shared/auth/session';
import { scopes } from '@palmares/shared/auth/scope';
import type { ProofView } from '@palmares/shared/challenge/proof-view';
import { roles } from '@palmares/shared/people/member';
import { SignInService } from '@palmares/server/auth/sign-in.service';
import { callers, expected, matrix, ofTeam, topicMatrix } from '../support/access-matrix.js';
import type { Caller, Line, Things, TopicName } from '../support/access-matrix.js';
import type { Client } from '../support/client.js';
import { draftOf } from '../support/import.js';
import { connect, subscribe } from '../support/live.js';
import { PASSWORD, ownKpi, sale, type TestOrganisation } from '../support/organisation.js';
import { routes } from '../support/routes.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let things: Things;
let theirBoard: string;
const clients = {} as Record<Caller, Client>;
let n = 0;

const signIn = async (email: string) =>
  server
    .client()
    .signedIn(await server.client().post('/api/session', { email, password: PASSWORD }));

/** Another session of the same person, for a route that ends it. */
async function again(client: Client): Promise<Client> {
  if (!client.browser) return client;
  const view = await client.get<{ person: { email: string } }>('/api/session');
  return view.status === 200 ? signIn(view.body.person.email) : client;
}

async function makeThings(): Promise<void> {
  const known = sale('zoe', 1);
  const manager = await clients.manager.get<SessionView>('/api/session');
  const managers = [{ memberId: manager.body.current?.member.id }];
  const team = await house.team('Ouest', ['zoe', 'seller'], { managers });
  const challenge = await house.challenge(ofTeam(team));
  await house.record(known);
  const link = await house.boardLink(challenge);
  const revoked = await house.boardLink(challenge);
  await house.admin.delete(`/api/board-links/${revoked.id}`);
  const guest = await house.member('guest', { email: 'guest@example.com' });
  const invited = await house.member('invited', { email: 'invited@example.com' });
  const key = await house.admin.post<{ id: string }>('/api/keys', { name: 'x', scopes: ['read'] });
  const invitation = await house.admin.post<{ token: string }>(
    `/api/members/${invited}/invitation`,
  );
  await house.admin.post('/api/kpis', ownKpi);
  const draft = await draftOf(house.admin, 'a,b\n1,2\n', { kind: 'activities' });
  const mapping = await house.admin.post<{ id: string }>('/api/import-mappings', {
    name: 'x',
    mapping: { kind: 'members' },
  });
  const subject = house.members['zoe'] ?? '';
  const proof = `/api/challenges/${challenge}/scores/${subject}`;
  const { rules } = (await house.admin.get<ProofView>(proof)).body;
  things = {
    organisation: house.id,
    challenge,
    subject,
    measure: rules[0]?.kpis[0]?.measures[0]?.id ?? '',
    activity: activityIdOf(known),
    link: (await house.boardLink(challenge)).id,
    member: guest,
    team,
    key: key.body.id,
    invitation: invitation.body.token,
    kpi: ownKpi.code,
    file: draft.id,
    mapping: mapping.body.id,
  };
  clients['the link of the board'] = server.client(link.token);
  clients['a forged link'] = server.client(link.token.replace(/.{4}$/, 'AAAA'));
  clients['a revoked link'] = server.client(revoked.token);
  const second = await house.boardLink(await house.challenge());
  clients['the link of another board'] = server.client(second.token);
}

async function makeCallers(): Promise<void> {
  clients.nobody = server.client();
  clients['a stranger'] = server.client('pal_key_0123_x');
  for (const scope of scopes) clients[`key:${scope}`] = server.client(await house.key(scope));
  for (const role of roles) {
    clients[role] = await house.signIn(role, role === 'rep' ? { name: 'seller' } : {});
  }
  const ended = (clients['an ended session'] = await house.signIn('admin'));
  await ended.delete('/api/session');
  await server.app.get(SignInService).appoint('operator@example.com', PASSWORD);
  clients.operator = await signIn('operator@example.com');
  clients.leaver = await house.signIn('admin', { name: 'leaver' });
  await server.sql(`update member set left_on = '2026-03-15' where id = $1`, [
    house.members['leaver'],
  ]);
  const other = await server.organisation(['eve']);
  clients['another key'] = other.admin;
  clients['another admin'] = await other.signIn('admin');
  theirBoard = await other.challenge();
  clients['person without organisation'] = await other.signIn('rep', { name: 'gone' });
  await server.sql('update member set person_id = null where id = $1', [other.members['gone']]);
}

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['zoe']);
  await makeCallers();
  await makeThings();
});
afterAll(() => server.close());

/** A route without the names of its parameters. */
const plain = (route: string) => route.replace(/\?.*/, '').replaceAll(/:\w+/g, ':');

/** What each caller should be answered, by the action that the route declares. */
function answersOf(route: string, line: Line): Record<Caller, number> {
  const declared = routes(server.app).find(({ name }) => plain(name) === plain(route));
  if (!declared?.action) throw new Error(`${route} is no action`);
  return expected(route, declared.action, line);
}

describe('every route', () => {
  it('is an action of the policy', () => {
    const silent = routes(server.app).filter(({ action }) => !action || !(action in policy));
    expect(silent).toEqual([]);
  });

  it('knows who has sent what, and answers by its schema, once', () => {
    const usual = 'OriginInterceptor StandardSchemaSerializerInterceptor';
    const others = routes(server.app).filter(({ around }) => around.join(' ') !== usual);
    expect(others.map(({ name, around }) => [name, ...around])).toEqual([['POST /api/activities']]);
  });

  it('stands in the matrix of access, and nothing else does', () => {
    const known = routes(server.app).map((route) => plain(route.name));
    expect(Object.keys(matrix).map(plain).toSorted()).toEqual(known.toSorted());
  });
});

describe('a route answers as it should whoever comes:', () => {
  it.each(Object.entries(matrix))('%s', async (route, line) => {
    const [method = '', path = ''] = route.split(' ');
    const place = path.replaceAll(/:(\w+)/g, (_all, name: keyof Things) => things[name]);
    const answers: Partial<Record<Caller, number>> = {};
    for (const caller of callers) {
      const client = line.ends ? await again(clients[caller]) : clients[caller];
      const { status } = await client.send(method, place, line.body?.((n += 1), things));
      answers[caller] = status;
    }
    expect(answers).toEqual(answersOf(route, line));
  });
});

describe('a name that nothing can have is that of nothing:', () => {
  // Some lines send a wrong body, and are told so.
  const named = Object.entries(matrix).filter(
    ([route, line]) => route.includes('/:') && line.ok !== 422,
  );

  it.each(named)('%s', async (route, line) => {
    const [method = '', path = ''] = route.split(' ');
    const answers = answersOf(route, line);
    const welcome =
      callers.find((caller) => answers[caller] < 300) ??
      callers.find((caller) => answers[caller] === line.ok);
    const place = path.replaceAll(/:measure/g, things.measure).replaceAll(/:\w+/g, '7');
    const body = line.body?.((n += 1), things);
    const answer = await clients[welcome ?? 'nobody'].send<{ code: string }>(method, place, body);
    expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
  });
});

describe('a topic is heard by whom it should, and nobody else:', () => {
  it.each(callers)('%s', async (caller) => {
    const { token, browser } = clients[caller];
    const socket = server.socket(token ? { key: token } : {}, { cookie: browser?.cookie ?? '' });
    const refused = await connect(socket);
    const names: Record<TopicName, string> = {
      board: `board:${things.challenge}`,
      'another board': `board:${theirBoard}`,
      me: 'me',
      organisation: 'organisation',
    };
    const answers: Partial<Record<TopicName, string>> = {};
    for (const [name, topic] of Object.entries(names)) {
      const answer = refused ? undefined : await subscribe(socket, topic);
      if (answer) answers[name as TopicName] = answer.ok ? 'ok' : answer.problem.code;
    }
    expect(refused?.code ?? answers).toEqual(topicMatrix[caller] ?? 'unauthenticated');
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
    const [, , id] = (clients['key:admin'].token ?? '').split('_');
    const [, , , secret] = (clients['key:read'].token ?? '').split('_');
    const mixed = server.client(`pal_key_${id}_${secret}`);
    expect((await mixed.get('/api/challenges')).status).toBe(401);
  });
});
