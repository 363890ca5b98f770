import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { apply } from '@palmares/shared/board/apply';
import type { Board } from '@palmares/shared/board/board';
import type { BoardFrame } from '@palmares/shared/board/frame';
import { io, type Socket } from 'socket.io-client';
import { Client } from '../support/client.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { connect, subscribe } from '../support/live.js';
import { march, sale } from '../support/organisation.js';
import { cli, spawnServer, type ServerProcess } from '../support/process.js';
import { redisServer, startRedis, type TestRedis } from '../support/redis.js';

const program = redisServer();
if (!program) console.warn('There is no redis-server here: servers are tried over NOTIFY alone.');
const lines = program ? (['NOTIFY', 'Redis'] as const) : (['NOTIFY'] as const);

/** A browser that keeps a board: it goes to another server when its own is gone. */
class Viewer {
  board: Board | undefined;
  private socket: Socket | undefined;

  constructor(
    private readonly key: string,
    private readonly challenge: string,
  ) {}

  async attend(place: ServerProcess): Promise<void> {
    const client = new Client(place.url, this.key);
    const fetch = async () => (this.board = await client.board(this.challenge));
    const socket = io(place.url, {
      auth: { key: this.key },
      transports: ['websocket'],
      autoConnect: false,
      reconnection: false,
      forceNew: true,
    });
    this.socket = socket;
    socket.on('board.changed', (frame: BoardFrame) => {
      const applied = this.board && apply(this.board, frame);
      if (applied?.ok) this.board = applied.board;
      else void fetch();
    });
    expect(await connect(socket)).toBeUndefined();
    expect(await subscribe(socket, `board:${this.challenge}`)).toMatchObject({ ok: true });
    await fetch();
  }

  lost(): Promise<unknown> {
    return once(this.socket as never, 'disconnect');
  }

  leave(): void {
    this.socket?.disconnect();
  }
}

describe.each(lines)('two servers that signal each other by %s', (line) => {
  let database: TestDatabase;
  let redis: TestRedis | undefined;
  let one: ServerProcess;
  let other: ServerProcess;
  const started: ServerProcess[] = [];
  let key: string;
  let challenge: string;

  beforeAll(async () => {
    database = await createDatabase();
    if (line === 'Redis' && program) redis = await startRedis(program);
    const env = { DATABASE_URL: database.url, ...(redis ? { REDIS_URL: redis.url } : {}) };
    const { id } = await cli<{ id: string }>(env, 'organisation:create', '--name', 'Nord');
    const owner = ['--organisation', id];
    ({ key } = await cli<{ key: string }>(env, 'key:create', ...owner, '--scopes', 'admin'));
    [one, other] = await Promise.all([spawnServer(env), spawnServer(env)]);
    started.push(one, other);
    const admin = new Client(one.url, key);
    for (const name of ['ana', 'ben', 'cem']) {
      await admin.post('/api/members', { externalId: name, name });
    }
    const today = Date.now();
    const day = (ms: number) => new Date(today + ms).toISOString().slice(0, 10);
    const window = { from: day(-10 * 86_400_000), to: day(10 * 86_400_000) };
    const draft = await admin.post<{ id: string }>('/api/challenges', { ...march, ...window });
    challenge = draft.body.id;
    expect((await admin.post(`/api/challenges/${challenge}/launch`)).status).toBe(200);
  }, 180_000);
  afterAll(async () => {
    await Promise.all(started.map((server) => server.end('SIGTERM')));
    await redis?.stop();
    await database.drop();
  });

  it('show the same board, also when one of them is killed', async () => {
    const post = async (place: ServerProcess, ...sales: object[]) => {
      const client = new Client(place.url, key);
      const now = new Date().toISOString();
      const activities = sales.map((each) => ({ ...each, occurredAt: now }));
      const { status, body } = await client.post('/api/activities', { activities });
      expect([status, body]).toMatchObject([200, { refused: [] }]);
      return client.board(challenge);
    };
    const viewers = [new Viewer(key, challenge), new Viewer(key, challenge)];
    const [near, far] = viewers as [Viewer, Viewer];
    await near.attend(one);
    await far.attend(other);
    const all = async (truth: Board) => {
      for (const viewer of viewers) {
        const { rows } = await eventually(
          () => viewer.board as Board,
          (board) => board.version >= truth.version,
        );
        expect(rows).toEqual(truth.rows);
      }
    };
    await all(await post(one, sale('ana', 30), sale('ben', 20)));
    await all(await post(other, sale('cem', 25)));
    for (let round = 0; round < 5; round++) await post(round % 2 ? one : other, sale('ben', 3));
    await all(await post(one, sale('ben', 9)));

    const gone = far.lost();
    const killed = other.end('SIGKILL');
    // Said while nobody listens there any more.
    const truth = await post(one, sale('cem', 100));
    await Promise.all([gone, killed]);
    await far.attend(one);
    await all(truth);
    await all(await post(one, sale('ana', 200)));
    for (const viewer of viewers) viewer.leave();
  });
});
