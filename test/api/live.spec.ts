import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LiveGateway } from '@palmares/server/live/live.gateway';
import { once } from 'node:events';
import type { Board } from '@palmares/shared/board/board';
import { linesOf } from '../support/client.js';
import { connect, subscribe, Watcher } from '../support/live.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { cli } from '../support/process.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let challenge: string;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['zoe', 'ali', 'léa']);
  challenge = await house.challenge();
});
afterAll(() => server.close());

const board = (): Promise<Board> => house.admin.board(challenge);
const byLink = async () => server.socket({ link: (await house.boardLink(challenge)).token });

describe('a socket', () => {
  it.each([
    ['nothing', {}],
    ['a wrong key', { key: 'pal_key_0_0' }],
    ['a wrong link', { link: 'x' }],
    ['a number', { key: 7 }],
  ])('is not let in with %s', async (_what, auth) => {
    expect(await connect(server.socket(auth))).toMatchObject({
      type: '/problems/unauthenticated',
      status: 401,
    });
  });

  it('is let in by a key or a board link, and told the version it hears from', async () => {
    const key = await house.key('read');
    for (const socket of [server.socket({ key }), await byLink()]) {
      expect(await connect(socket)).toBeUndefined();
      const { version } = await board();
      expect(await subscribe(socket, `board:${challenge}`)).toEqual({ ok: true, version });
    }
  });

  it('is let in by a key as other clients bring it', async () => {
    const key = await house.key('read');
    for (const socket of [
      server.socket({ token: key }),
      server.socket({}, { authorization: `Bearer ${key}` }),
    ]) {
      expect(await connect(socket)).toBeUndefined();
      expect(await subscribe(socket, 'organisation')).toMatchObject({ ok: true });
    }
    expect(await connect(server.socket({}, { authorization: 'Bearer x' }))).toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('that asks without end is shut', async () => {
    const socket = await byLink();
    await connect(socket);
    const gone = once(socket as never, 'disconnect');
    for (let n = 0; n < 300; n++) socket.emit('subscribe', { topic: `board:${challenge}` });
    expect(await gone).toEqual(['io server disconnect', undefined]);
  });

  it('hears a hundred topics, and no more', async () => {
    const socket = server.socket({ key: await house.key('read') });
    await connect(socket);
    const { server: sockets } = server.app.get(LiveGateway) as unknown as {
      server: { sockets: { sockets: Map<string, { data: { rooms: Map<string, string> } }> } };
    };
    const rooms = sockets.sockets.sockets.get(socket.id ?? '')?.data.rooms;
    for (let n = 0; n < 100; n++) rooms?.set(`board:${n}`, `board:${n}`);
    expect(await subscribe(socket, `board:${challenge}`)).toMatchObject({
      problem: { code: 'too-many-requests' },
    });
  });

  it('may write a board in capitals, and hears the same', async () => {
    const socket = await byLink();
    await connect(socket);
    const { version } = await board();
    const topic = `board:${challenge.toUpperCase()}`;
    expect(await subscribe(socket, topic)).toEqual({ ok: true, version });
  });

  it('that says too much at once is shut', async () => {
    const socket = await byLink();
    await connect(socket);
    const gone = once(socket as never, 'disconnect');
    socket.emit('subscribe', { topic: 'x'.repeat(20_000) });
    expect((await gone)[0]).toMatch(/transport (?:close|error)/);
  });

  it('hears no board that it may not see', async () => {
    const other = await server.organisation(['eve']);
    const theirs = await other.challenge();
    const mine = await house.challenge();
    const refused = async (auth: object, id: string) => {
      const socket = server.socket(auth);
      await connect(socket);
      const answer = await subscribe(socket, `board:${id}`);
      return answer.ok ? 'heard' : answer.problem.code;
    };
    const link = (await house.boardLink(challenge)).token;
    expect(await refused({ link }, mine)).toBe('not-found');
    expect(await refused({ link }, theirs)).toBe('not-found');
    expect(await refused({ key: await house.key('admin') }, theirs)).toBe('not-found');
    expect(await refused({ key: await house.key('activities:write') }, challenge)).toBe(
      'forbidden',
    );
  });

  it.each([undefined, 7, 'board', 'board:*', 'credential:x', { topic: 'x' }])(
    'hears nothing by the topic %j',
    async (topic) => {
      const socket = await byLink();
      await connect(socket);
      expect(await subscribe(socket, topic)).toMatchObject({
        ok: false,
        problem: { code: 'not-found' },
      });
    },
  );

  it('that was refused a board is not told of it', async () => {
    const mine = await house.challenge();
    const socket = await byLink();
    const watcher = await Watcher.open(socket, board);
    const told: string[] = [];
    socket.on('board.changed', ({ challengeId }: { challengeId: string }) =>
      told.push(challengeId),
    );
    await subscribe(socket, `board:${mine}`);
    await house.record(sale('zoe', 1));
    await watcher.reach((await board()).version);
    expect(new Set(told)).toEqual(new Set([challenge]));
  });

  it('is shown out when its link is revoked, and not let in again', async () => {
    const link = await house.boardLink(challenge);
    const [socket, other] = [server.socket({ link: link.token }), await byLink()];
    await connect(socket);
    await connect(other);
    const gone = once(socket as never, 'disconnect');
    expect((await house.admin.delete(`/api/board-links/${link.id}`)).status).toBe(204);
    await gone;
    expect(await connect(server.socket({ link: link.token }))).toMatchObject({ status: 401 });
    expect(other.connected).toBe(true);
  });
});

describe('a watched board', () => {
  it('follows every change by frames alone', async () => {
    const watcher = await Watcher.open(await byLink(), board);
    for (let round = 0; round < 10; round++) {
      const one = sale(round % 3 ? 'ali' : 'léa', (round * 37) % 50);
      await house.record(one, { ...sale('zoe', round), type: 'sale.refunded' });
      if (round % 2) await house.record({ ...one, amount: round });
    }
    const truth = await board();
    expect(await watcher.reach(truth.version)).toEqual(truth);
    expect(watcher.frames.length).toBeGreaterThan(0);
  });

  it('sees newcomers come', async () => {
    const watcher = await Watcher.open(await byLink(), board);
    await house.member('noé');
    const truth = await board();
    expect(await watcher.reach(truth.version)).toEqual(truth);
    expect(JSON.stringify(truth)).toContain('noé');
  });

  it('is told in at most about ten frames a second', async () => {
    const watcher = await Watcher.open(await byLink(), board);
    const since = performance.now();
    for (let round = 0; round < 10; round++) {
      await Promise.all(Array.from({ length: 20 }, () => house.record(sale('zoe', 1))));
    }
    const truth = await board();
    expect(await watcher.reach(truth.version)).toEqual(truth);
    const seconds = (performance.now() - since) / 1000;
    expect(watcher.frames.length).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 1);
    const pauses = watcher.arrivals
      .slice(1)
      .map((at, index) => at - (watcher.arrivals[index] ?? 0));
    // A frame may be late and the next one in time.
    const mean = pauses.reduce((sum, pause) => sum + pause, 0) / Math.max(pauses.length, 1);
    expect(pauses.length === 0 || mean > 80).toBe(true);
  });

  it('is silent when nothing on it moves', async () => {
    const watcher = await Watcher.open(await byLink(), board);
    const before = watcher.frames.length;
    await house.record(
      sale('zoe', 9, { occurredAt: '2026-01-01' }),
      sale('zoe', 1, { type: 'deal.lost' }),
    );
    await house.record(sale('zoe', 1));
    const truth = await board();
    await watcher.reach(truth.version);
    expect(watcher.frames.length - before).toBe(1);
    expect(watcher.board.rows).toEqual(truth.rows);
  });

  it('hears what a command beside the server writes', async () => {
    const watcher = await Watcher.open(await byLink(), board);
    const owner = ['--organisation', house.id, '--external-id', 'eva'];
    await cli({ DATABASE_URL: server.databaseUrl }, 'member:create', '--name', 'Eva', ...owner);
    const truth = await board();
    expect(linesOf(await watcher.reach(truth.version))).toEqual(linesOf(truth));
    expect(JSON.stringify(truth)).toContain('Eva');
  });

  it('goes on after its server lost the line to the database', async () => {
    const watcher = await Watcher.open(await byLink(), board);
    const cut = await server.sql<{ cut: boolean }>(
      `select pg_terminate_backend(pid) as cut from pg_stat_activity
       where datname = current_database() and query ilike 'listen%'`,
    );
    expect(cut).toEqual([{ cut: true }]);
    await house.record(sale('zoe', 77));
    const truth = await board();
    expect(await watcher.reach(truth.version)).toEqual(truth);
  });
});
