import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ScoreService } from '@palmares/server/challenge/score.service';
import type { Board } from '@palmares/shared/board/board';
import { serverEvents, type ServerEvents } from '@palmares/shared/live/event';
import type { Socket } from 'socket.io-client';
import type { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { connect, subscribe } from '../support/live.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let rep: Client;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['ana', 'ben', 'cem']);
  rep = await house.signIn('rep', { name: 'own' });
});
afterAll(() => server.close());

type Event = keyof ServerEvents;
type Told<Name extends Event> = Parameters<ServerEvents[Name]>[0];

const socketOf = ({ browser }: Client) => server.socket({}, { cookie: browser?.cookie ?? '' });

/** What a socket is told by one event, each checked by its schema. */
async function hear<Name extends Event>(socket: Socket, topic: string, event: Name) {
  const told: Told<Name>[] = [];
  socket.on(event as string, (frame: unknown) => {
    told.push(serverEvents[event].parse(frame) as Told<Name>);
  });
  if (!socket.connected) expect(await connect(socket)).toBeUndefined();
  expect(await subscribe(socket, topic)).toMatchObject({ ok: true });
  return {
    told,
    until: (enough: (all: Told<Name>[]) => boolean) => eventually(() => told, enough),
  };
}

describe('one’s own score', () => {
  it('is told with its neighbours, also of a board that one does not watch', async () => {
    const challenge = await house.challenge({ visibility: 'own-only' });
    const { until } = await hear(socketOf(rep), 'me', 'score.changed');
    await house.record(sale('own', 1));
    await until((all) => all.some((one) => one.challengeId === challenge));
    await house.record(sale('own', 50), sale('ana', 500));
    const all = await until((each) => {
      const last = each.findLast((one) => one.challengeId === challenge);
      return last?.rank === 2 && Number(last.row.score) >= 50;
    });
    const last = all.findLast((one) => one.challengeId === challenge);
    expect(last).toMatchObject({ total: 4, row: { subject: { id: house.members['own'] } } });
    expect(last?.neighbours.map(({ subject }) => subject.label)).toEqual([null, null, null]);
    expect(JSON.stringify(all)).not.toContain(house.members['ana']);
  });
});

describe('points', () => {
  it('are told to whom they are posted, and to nobody else', async () => {
    const other = await house.signIn('rep', { name: 'other' });
    const mine = await hear(socketOf(rep), 'me', 'points.posted');
    const theirs = await hear(socketOf(other), 'me', 'points.posted');
    const hr = await house.signIn('hr');
    const adjust = (memberId: string | undefined, amount: number) =>
      hr.send(
        'POST',
        '/api/ledger/adjustments',
        { memberId, currency: 'points', amount, reason: 'Geste commercial' },
        { 'idempotency-key': `adjust-${memberId}-${amount}` },
      );
    expect((await adjust(house.members['own'], 30)).status).toBe(201);
    await mine.until((all) => all.length === 1);
    expect((await adjust(house.members['own'], -10)).status).toBe(201);
    expect((await adjust(house.members['other'], 7)).status).toBe(201);
    await theirs.until((all) => all.length === 1);
    expect(await mine.until((all) => all.length === 2)).toMatchObject([
      { memberId: house.members['own'], amount: 30, available: 30 },
      { memberId: house.members['own'], amount: -10, available: 20 },
    ]);
    expect(theirs.told).toMatchObject([{ memberId: house.members['other'], available: 7 }]);
  });
});

describe('a challenge', () => {
  it('is told of when it is launched, amended and cancelled', async () => {
    const id = await house.draft();
    const manager = await house.signIn('manager');
    const organisation = await hear(socketOf(manager), 'organisation', 'challenge.changed');
    const early = socketOf(rep);
    expect(await connect(early)).toBeUndefined();
    // A rep knows nothing of a draft; a manager watches it from then on.
    expect(await subscribe(early, `board:${id}`)).toMatchObject({ ok: false });
    const board = await hear(socketOf(manager), `board:${id}`, 'challenge.changed');
    const definition = (
      await house.admin.get<{ name: string; rules: object[] }>(`/api/challenges/${id}`)
    ).body;
    const wanted = { status: 'live', version: 1, challengeId: id };
    await house.admin.post(`/api/challenges/${id}/launch`);
    expect(await board.until((all) => all.length === 1)).toEqual([wanted]);
    const { name, rules } = definition;
    const again = { name, from: '2026-03-01', to: '2026-04-01', rules, ties: 'shared' };
    const amended = await house.admin.post(`/api/challenges/${id}/amend`, { definition: again });
    expect(amended.status).toBe(200);
    await board.until((all) => all.length === 2);
    await house.admin.post(`/api/challenges/${id}/cancel`, { reason: 'Rien' });
    const told = [
      wanted,
      { ...wanted, version: 2 },
      { ...wanted, version: 2, status: 'cancelled' },
    ];
    expect(await board.until((all) => all.length === 3)).toEqual(told);
    expect(await organisation.until((all) => all.length === 3)).toEqual(told);
  });
});

describe('what one sees of a board that one watches', () => {
  const named = ({ rows }: Board) =>
    rows.flatMap(({ subject }) => (subject.label === null ? [] : [subject.label]));

  it('becomes less at once when the challenge hides more', async () => {
    const challenge = await house.challenge();
    await house.record(sale('ana', 3));
    let board = await rep.board(challenge);
    const gaps = await hear(socketOf(rep), `board:${challenge}`, 'board.changed');
    expect(named(board)).toContain('ana');
    const { name, rules } = (
      await house.admin.get<{ name: string; rules: object[] }>(`/api/challenges/${challenge}`)
    ).body;
    const definition = { name, from: '2026-03-01', to: '2026-04-01', rules };
    await house.admin.post(`/api/challenges/${challenge}/amend`, {
      definition: { ...definition, visibility: 'own-only' },
    });
    await gaps.until((all) => all.some((one) => one.baseVersion > board.version));
    board = await rep.board(challenge);
    expect(named(board)).toEqual(['own']);
    gaps.told.length = 0;
    await house.record(sale('ana', 4));
    expect(await gaps.until((all) => all.length > 0)).toMatchObject([
      { rows: [{ subject: { label: null } }], removed: [] },
    ]);
    expect(JSON.stringify(gaps.told)).not.toContain(house.members['ana']);
  });

  it('becomes more when somebody begins to manage those on it', async () => {
    const challenge = await house.challenge({ visibility: 'own-only' });
    const boss = await house.signIn('manager', { name: 'boss' });
    const { until } = await hear(socketOf(boss), `board:${challenge}`, 'board.changed');
    const board = await boss.board(challenge);
    expect(named(board)).toEqual([]);
    await house.team('Nord', ['ben'], { managers: [{ memberId: house.members['boss'] }] });
    // What they have does not connect to it: they read it again.
    await until((all) => all.some((one) => one.baseVersion > board.version));
    expect(named(await boss.board(challenge))).toEqual(['ben']);
  });
});

describe('a board that everybody asks for', () => {
  it('is read once, made once, and known again by its tag', async () => {
    const challenge = await house.challenge();
    const path = `/api/challenges/${challenge}/board`;
    const memory = server.app.get(ScoreService);
    const read = jest.spyOn(memory, 'board');
    const answers = await Promise.all(
      Array.from({ length: 400 }, () => house.admin.get<Board>(path)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const tags = new Set(answers.map(({ headers }) => headers.get('etag')));
    expect(tags.size).toBe(1);
    expect(read).toHaveBeenCalledTimes(1);
    jest.restoreAllMocks();
    const [tag = ''] = tags;
    const again = await house.admin.raw(path, { headers: { 'if-none-match': tag ?? '' } });
    expect([again.status, again.body]).toEqual([304, '']);
    await house.record(sale('cem', 9));
    const after = await house.admin.raw(path, { headers: { 'if-none-match': tag ?? '' } });
    expect(after.status).toBe(200);
  });

  it('knows the turns that came while the database was asked, and does not ask again', async () => {
    const challenge = await house.challenge();
    await house.admin.board(challenge);
    const memory = server.app.get(ScoreService);
    const follow = memory.followBoard.bind(memory);
    let answer: () => void = () => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const asked = jest.spyOn(memory, 'followBoard').mockImplementation(async (...of) => {
      const now = await follow(...of);
      await slow;
      return now;
    });
    const times = () => asked.mock.calls.filter(([, , id]) => id === challenge).length;
    let first = house.admin.board(challenge);
    // Until what is known of it is too old to be trusted.
    while (times() === 0) {
      await Promise.race([first, new Promise((resolve) => setImmediate(resolve))]);
      if (times() === 0) first = house.admin.board(challenge);
    }
    // However slow this machine is: what was heard of has been so a moment ago.
    const now = performance.now();
    jest.spyOn(performance, 'now').mockReturnValue(now);
    await house.record(sale('cem', 77_777));
    const second = house.admin.board(challenge);
    answer();
    const [one, two] = await Promise.all([first, second]);
    expect(times()).toBe(1);
    jest.restoreAllMocks();
    expect(two.rows[0]).toMatchObject({ subject: { label: 'cem' }, rank: 1 });
    expect(one.version).toBeLessThanOrEqual(two.version);
    expect(await house.admin.board(challenge)).toEqual(two);
  });
});
