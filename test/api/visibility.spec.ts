import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Board } from '@palmares/shared/board/board';
import type { Visibility } from '@palmares/shared/challenge/visibility';
import type { Client } from '../support/client.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
/** `p0` sells most, `p19` least. */
const names = Array.from({ length: 20 }, (_, at) => `p${at}`);
let rep: Client;
let outsider: Client;
let boss: Client;
let hr: Client;
let watcher: Client;
let wall: (challenge: string) => Promise<Client>;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(names.filter((name) => name !== 'p15'));
  rep = await house.signIn('rep', { name: 'p15' });
  outsider = await house.signIn('rep', { name: 'outside' });
  watcher = await house.signIn('rep', { name: 'watching' });
  boss = await house.signIn('manager', { name: 'boss' });
  hr = await house.signIn('hr');
  await house.team('Nord', ['p12', 'p18'], { managers: [{ memberId: house.members['boss'] }] });
  wall = async (challenge) => server.client((await house.boardLink(challenge)).token);
  await house.record(...names.map((name, at) => sale(name, 1000 - at)));
});
afterAll(() => server.close());

const challengeOf = (visibility: Visibility | undefined, more: object = {}) =>
  house.challenge({
    audience: { kind: 'members', memberIds: names.map((name) => house.members[name]) },
    observers: [house.members['watching']],
    ...(visibility ? { visibility } : {}),
    ...more,
  });
const named = ({ rows }: Board) =>
  rows.flatMap(({ subject }) => (subject.label === null ? [] : [subject.label]));
const best = names.slice(0, 10);

describe('the names on a board', () => {
  it.each([
    [undefined, { rep: names, watcher: names, wall: names, boss: names, hr: names }],
    [
      'top-and-neighbours',
      {
        rep: [...best, ...names.slice(12, 19)],
        watcher: best,
        wall: best,
        boss: [...best, 'p12', 'p18'],
        hr: best,
      },
    ],
    ['own-only', { rep: ['p15'], watcher: [], wall: [], boss: ['p12', 'p18'], hr: [] }],
    ['teams-only', { rep: ['p15'], watcher: [], wall: [], boss: ['p12', 'p18'], hr: [] }],
  ] as const)('by the policy %s are those that each may see', async (policy, wanted) => {
    const challenge = await challengeOf(policy);
    const clients = { rep, watcher, wall: await wall(challenge), boss, hr };
    for (const [who, client] of Object.entries(clients)) {
      const board = await client.board(challenge);
      expect([who, named(board)]).toEqual([who, wanted[who as keyof typeof wanted]]);
      expect(board.rows.map(({ rank }) => rank)).toEqual(names.map((_, at) => at + 1));
      const me = who === 'rep' ? house.members['p15'] : null;
      expect(board.view).toMatchObject({ policy: policy ?? 'audience', me });
    }
    expect(named(await outsider.board(challenge))).toEqual([]);
    expect(named(await house.admin.board(challenge))).toEqual(names);
  });

  it('are those of the same people as of an earlier time, and around oneself', async () => {
    const challenge = await challengeOf('own-only');
    const now = await rep.board(challenge);
    expect(named(await rep.board(challenge, `?asOf=${now.version}`))).toEqual(['p15']);
    await house.record(sale('p0', 1, { type: 'sale.refunded' }));
    const then = await rep.board(challenge, `?asOf=${now.version}`);
    expect(then.rows).toEqual(now.rows);
    const around = await rep.board(challenge, '?around=me&limit=4');
    expect(around.rows.map(({ rank, subject }) => [rank, subject.label])).toEqual([
      [14, null],
      [15, null],
      [16, 'p15'],
      [17, null],
    ]);
  });

  it('are hidden behind ids that stay, and that no other board has', async () => {
    const [one, other] = [await challengeOf('own-only'), await challengeOf('own-only')];
    const first = await rep.board(one);
    const link = await (await wall(one)).board(one);
    const ids = ({ rows }: Board) => rows.map(({ subject }) => subject.id);
    expect(ids(link).filter((id, at) => id !== ids(first)[at])).toHaveLength(1);
    const known = new Set([...ids(first), ...Object.values(house.members)]);
    expect(ids(await (await wall(other)).board(other)).filter((id) => known.has(id))).toEqual([]);
  });

  it('are those of teams where only these are shown', async () => {
    const audience = { kind: 'teams', by: 'sum' };
    await house.team('Sud', ['p1', 'p15']);
    const challenge = await house.challenge({ audience, visibility: 'teams-only' });
    expect(named(await rep.board(challenge))).toEqual(['Sud', 'Nord']);
    const own = await house.challenge({ audience, visibility: 'own-only' });
    expect(named(await rep.board(own))).toEqual(['Sud']);
    expect(named(await boss.board(own))).toEqual(['Nord']);
  });
});

describe('what else tells of others', () => {
  it('is seen by the same policy', async () => {
    const challenge = await challengeOf('own-only', {
      to: '2026-03-12',
      payout: [{ kind: 'rank', points: [100, 50] }],
    });
    await house.record(sale('p12', 100), sale('p0', 5));
    const open = await hr.get<{ awards: object[] }>(`/api/challenges/${challenge}/certification`);
    expect(open.body.awards).toMatchObject([{ label: null }, { label: null }]);
    expect(JSON.stringify(open.body)).not.toContain(house.members['p1']);
    const race = await boss.get(`/api/challenges/${challenge}/race?top=3`);
    expect(JSON.stringify(race.body)).toContain('"p12"');
    expect(JSON.stringify(race.body)).not.toContain('"p0"');
    await house.certify(challenge);
    expect(named(await hr.board(challenge))).toEqual(['p12', 'p0']);
    await house.record(sale('p18', 5000), sale('p0', 5000));
    const late = await boss.get<{ items: { subject: { label: string } }[] }>(
      `/api/challenges/${challenge}/differences`,
    );
    const told = late.body.items.flatMap(({ subject }) => subject.label ?? []);
    expect(told.toSorted()).toEqual(['p12', 'p18']);
    const { body } = await rep.get<object>(`/api/challenges/${challenge}`);
    expect(JSON.stringify(body)).not.toContain(house.members['p0']);
  });

  it('is said in the règlement', async () => {
    const challenge = await challengeOf('top-and-neighbours');
    const { body } = await rep.get(`/api/challenges/${challenge}/terms?locale=fr`);
    expect(JSON.stringify(body)).toContain('nomme les dix premiers');
  });
});

describe('the list of challenges', () => {
  it('is of those in which one takes part, and that stand somewhere', async () => {
    const idsOf = async (client: Client, query: string) => {
      const { body } = await client.get<{ items: { id: string }[] }>(`/api/challenges?${query}`);
      return body.items.map(({ id }) => id);
    };
    const [live, soon] = [
      await challengeOf(undefined),
      await challengeOf(undefined, { from: '2026-05-01', to: '2026-06-01' }),
    ];
    const teams = await house.challenge({ audience: { kind: 'teams', by: 'sum' } });
    await house.draft();
    expect((await idsOf(rep, 'mine=true&status=live')).slice(0, 2)).toEqual([teams, live]);
    expect(await idsOf(rep, 'mine=true&status=scheduled')).toEqual([soon]);
    expect(await idsOf(outsider, 'mine=true')).toEqual([]);
    expect(await idsOf(rep, 'status=draft')).toEqual([]);
    expect(await idsOf(house.admin, 'status=draft')).toHaveLength(1);
  });
});
