import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ImportService } from '@palmares/server/import/import.service';
import { RebuildService } from '@palmares/server/intake/rebuild.service';
import { mappingSchema } from '@palmares/shared/import/mapping';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { linesOf } from '../support/client.js';
import { Watcher } from '../support/live.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { cli } from '../support/process.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let challenge: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

beforeEach(async () => {
  house = await server.organisation(['zoe']);
  challenge = await house.challenge();
});

const lines = async () => linesOf(await house.admin.board(challenge));
const waiting = async () => {
  const rows = await server.sql<{ missing: string }>(
    'select missing from waiting where organisation_id = $1 order by missing',
    [house.id],
  );
  const [{ waiting: said } = { waiting: -1 }] = await server.sql<{ waiting: number }>(
    'select waiting::int from sequence where organisation_id = $1',
    [house.id],
  );
  expect(said).toBe(rows.length);
  return rows.map(({ missing }) => missing);
};
const recorded = (externalId: string) =>
  server.sql<{ seq: string }>(
    'select seq from activity where organisation_id = $1 and external_id = $2 order by revision',
    [house.id, externalId],
  );

describe('an activity of somebody unknown', () => {
  it.each([
    [{ email: 'Eva@Example.com' }, { email: 'eva@example.com' }],
    [{ externalId: 'eva' }, { externalId: 'eva' }],
  ])('by %j waits, and is recorded in the turn that makes them known', async (name, more) => {
    const one = { ...sale('', 300), member: name };
    expect(await house.record(one)).toMatchObject({ recorded: 0, waiting: 1, refused: [] });
    expect(await recorded(one.externalId)).toEqual([]);
    expect(await waiting()).toHaveLength(1);
    await house.member('eva', { externalId: null, ...more });
    const { version } = await house.admin.board(challenge);
    expect(await recorded(one.externalId)).toEqual([{ seq: String(version) }]);
    expect(await lines()).toEqual([
      [1, 'eva', '300'],
      [2, 'zoe', '0'],
    ]);
    expect(await waiting()).toEqual([]);
    expect(await house.record(one)).toMatchObject({ unchanged: 1 });
  });

  it('is released by a command beside the server', async () => {
    await house.record(sale('eva', 7), sale('ben', 8));
    const owner = ['--organisation', house.id, '--external-id', 'eva'];
    await cli({ DATABASE_URL: server.databaseUrl }, 'member:create', '--name', 'Eva', ...owner);
    expect(await lines()).toContainEqual([1, 'Eva', '7']);
    expect(await waiting()).toEqual(['externalId:ben']);
    expect(await house.record(sale('eva', 1))).toMatchObject({ recorded: 1 });
  });

  it('is released by an import of people, all of them in one turn', async () => {
    await house.record(sale('eva', 7), sale('ben', 8), sale('eva', 1), sale('nobody', 1));
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-people-'));
    try {
      const file = path.join(folder, 'people.csv');
      fs.writeFileSync(file, 'id,name\neva,Eva\nben,Ben\nzoe,Zoé\n');
      const mapping = { kind: 'members', columns: { externalId: 'id', name: 'name' } };
      const service = server.app.get(ImportService);
      await service.importFile(house.id, file, mappingSchema.parse(mapping));
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
    expect(await lines()).toEqual([
      [1, 'Ben', '8'],
      [1, 'Eva', '8'],
      [3, 'Zoé', '0'],
    ]);
    const [{ turns } = { turns: 0 }] = await server.sql<{ turns: number }>(
      'select count(distinct seq)::int as turns from activity where organisation_id = $1',
      [house.id],
    );
    expect(turns).toBe(1);
    expect(await waiting()).toEqual(['externalId:nobody']);
  });

  it('is released when somebody known gets that name', async () => {
    await house.record({ ...sale('', 300), member: { email: 'zoe@example.com' } });
    const owner = ['--organisation', house.id];
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-names-'));
    try {
      const write = (name: string, text: string) => {
        fs.writeFileSync(path.join(folder, name), text);
        return path.join(folder, name);
      };
      const columns = { externalId: 'id', name: 'name', email: 'mail' };
      const mapping = write('map.json', JSON.stringify({ kind: 'members', columns }));
      const file = write('rows.csv', 'id,name,mail\nzoe,zoe,ZOE@example.com\n');
      const words = ['import', file, ...owner, '--mapping', mapping];
      expect(await cli({ DATABASE_URL: server.databaseUrl }, ...words)).toMatchObject({
        revised: 1,
      });
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
    expect(await lines()).toEqual([[1, 'zoe', '300']]);
  });

  it('waits for each of its people in turn, and counts once all are known', async () => {
    const { member: _member, ...plain } = sale('', 10);
    const shares = ['zoe', 'eva', 'ben'].map((externalId, at) => {
      return { member: { externalId }, weight: at === 0 ? '0.5' : '0.25' };
    });
    expect(await house.record({ ...plain, shares })).toMatchObject({ waiting: 1 });
    expect(await waiting()).toEqual(['externalId:eva']);
    await house.member('eva');
    expect(await waiting()).toEqual(['externalId:ben']);
    expect((await lines()).map(([, , score]) => score)).toEqual(['0', '0']);
    await house.member('ben');
    expect(await waiting()).toEqual([]);
    expect(await lines()).toEqual([
      [1, 'zoe', '5'],
      [2, 'ben', '2.5'],
      [2, 'eva', '2.5'],
    ]);
  });

  it('by an id that we never gave is refused, not kept waiting', async () => {
    const member = { id: '01890000-0000-7000-8000-000000000000' };
    const receipt = await house.record({ ...sale('', 1), member }, sale('zoe', 1));
    expect(receipt).toMatchObject({
      recorded: 1,
      waiting: 0,
      refused: [{ index: 0, code: 'member-unknown', pointer: '/member' }],
    });
    expect(await waiting()).toEqual([]);
  });

  it('makes every one of many newcomers known, however few connections there are', async () => {
    const names = Array.from({ length: 24 }, (_, at) => `new-${at}`);
    await house.record(...names.map((name) => sale(name, 1)));
    await Promise.all(names.map((name) => house.member(name)));
    expect(await waiting()).toEqual([]);
    expect(await lines()).toHaveLength(25);
    expect(await server.app.get(RebuildService).check(house.id)).toMatchObject({ differences: 0 });
  });
});

describe('what waits', () => {
  it('is what came last, until its member comes', async () => {
    const one = sale('eva', 1);
    await house.record(one);
    expect(await house.record({ ...one, amount: 2 }, { ...one, amount: 3 })).toMatchObject({
      waiting: 2,
    });
    expect(await waiting()).toHaveLength(1);
    await house.member('eva');
    expect(await lines()).toContainEqual([1, 'eva', '3']);
    expect(await recorded(one.externalId)).toHaveLength(1);
  });

  it('is void once a revision names somebody known', async () => {
    const one = sale('eva', 300);
    await house.record(one);
    const known = { ...one, member: { externalId: 'zoe' } };
    expect(await house.record(known)).toMatchObject({ recorded: 1 });
    expect(await waiting()).toEqual([]);
    await house.member('eva');
    expect(await lines()).toEqual([
      [1, 'zoe', '300'],
      [2, 'eva', '0'],
    ]);
  });

  it('revises what was known when it is released', async () => {
    const one = sale('zoe', 300);
    await house.record(one);
    await house.record({ ...one, member: { externalId: 'eva' } });
    expect(await lines()).toEqual([[1, 'zoe', '300']]);
    await house.member('eva');
    expect(await lines()).toEqual([
      [1, 'eva', '300'],
      [2, 'zoe', '0'],
    ]);
  });

  it('gives way by version, whichever came first', async () => {
    const [one, other] = [sale('eva', 5), sale('eva', 7)];
    // The one that waits is newer than what is recorded after it: it goes on waiting.
    await house.record({ ...one, version: 2 }, { ...other, version: 1 });
    const known = { member: { externalId: 'zoe' } };
    await house.record({ ...one, ...known, version: 1 }, { ...other, ...known, version: 2 });
    expect(await lines()).toEqual([[1, 'zoe', '12']]);
    expect(await waiting()).toHaveLength(1);
    // An older one does not take its place.
    await house.record({ ...one, version: 1, amount: 1_000 });
    await house.member('eva');
    expect(await lines()).toEqual([
      [1, 'zoe', '7'],
      [2, 'eva', '5'],
    ]);
  });

  it('is not recorded when it has been declared void', async () => {
    const one = sale('eva', 300);
    await house.record(one);
    await house.record({ ...one, void: true });
    expect(await waiting()).toEqual([]);
    await house.member('eva');
    expect(await lines()).toContainEqual([1, 'eva', '0']);
  });

  it('is told to those who watch, once it counts', async () => {
    const { token } = await house.boardLink(challenge);
    const board = () => house.admin.board(challenge);
    const watcher = await Watcher.open(server.socket({ link: token }), board);
    await house.record(sale('eva', 300));
    await house.member('eva');
    const truth = await board();
    expect(await watcher.reach(truth.version)).toEqual(truth);
    expect(linesOf(watcher.board)[0]).toEqual([1, 'eva', '300']);
  });

  it('belongs to its organisation', async () => {
    const other = await server.organisation([]);
    await house.record(sale('eva', 300));
    await other.member('eva');
    expect(await waiting()).toEqual(['externalId:eva']);
  });
});
