import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createDataSource } from '@palmares/server/data-source';
import { Database } from '@palmares/server/platform/database';
import { createDatabase, type TestDatabase } from '../support/database.js';

const MANY = 100_000;

describe('a transaction', () => {
  let there: TestDatabase;
  let source: ReturnType<typeof createDataSource>;
  let database: Database;

  beforeAll(async () => {
    there = await createDatabase();
    // One connection: whatever a transaction leaves behind is met by the next one.
    source = createDataSource({ url: there.url }, 1);
    await source.initialize();
    database = new Database(source);
    await database.read((tx) => tx.rows('create table thing (id int primary key, name text)'));
  });
  afterAll(async () => {
    await source.destroy();
    await there.drop();
  });
  beforeEach(() => database.read((tx) => tx.rows('truncate thing')));

  const things = () =>
    database.read((tx) => tx.rows<{ id: number }>('select id from thing order by id'));

  it('keeps the order of statements that do not wait for one another', async () => {
    const counted = await database.transaction(async (tx) => {
      const count = () => tx.one<{ count: number }>('select count(*)::int as count from thing');
      const answers = [count()];
      tx.meanwhile(tx.rows('insert into thing values ($1, $2)', [1, 'one'], 'thing.insert'));
      answers.push(count());
      tx.meanwhile(tx.copy('thing', '2\ttwo\n3\t\\N\n'));
      answers.push(count());
      tx.meanwhile(tx.rows('insert into thing values ($1, $2)', [4, 'four'], 'thing.insert'));
      answers.push(count());
      return (await Promise.all(answers)).map((row) => row?.count);
    });
    expect(counted).toEqual([0, 1, 3, 4]);
    expect(await things()).toHaveLength(4);
  });

  it('fails by its first failure, and nothing behind that is done', async () => {
    const done = database.transaction(async (tx) => {
      tx.meanwhile(tx.rows('insert into thing values (1)'));
      tx.meanwhile(tx.rows('insert into thing values (1)'));
      tx.meanwhile(tx.copy('thing', '2\ttwo\n'));
      tx.meanwhile(tx.rows('insert into thing values ($1)', [3], 'thing.third'));
    });
    await expect(done).rejects.toMatchObject({ code: '23505' });
    expect(await things()).toEqual([]);
    // A statement that was never prepared is not taken for one.
    await database.transaction((tx) =>
      tx.rows('insert into thing values ($1)', [3], 'thing.third'),
    );
    expect(await things()).toEqual([{ id: 3 }]);
  });

  it.each([
    ['a wrong number', 'thing', '1\tone\nx\ttwo\n', '22P02'],
    ['too few columns', 'thing', '1\n', '22P04'],
    ['no such table', 'nothing', '1\tone\n', '42P01'],
  ])('refuses lines with %s, and the connection serves on', async (_what, into, lines, code) => {
    const done = database.transaction(async (tx) => {
      tx.meanwhile(tx.rows('insert into thing values (7)'));
      tx.meanwhile(tx.copy(into, lines));
      tx.meanwhile(tx.rows('insert into thing values (8)'));
    });
    await expect(done).rejects.toMatchObject({ code });
    expect(await things()).toEqual([]);
  });

  it('does nothing when the work itself fails, whatever is on its way', async () => {
    const done = database.transaction(async (tx) => {
      tx.meanwhile(tx.copy('thing', '1\tone\n'));
      throw new Error('changed my mind');
    });
    await expect(done).rejects.toThrow('changed my mind');
    expect(await things()).toEqual([]);
  });

  it('fails where its connection is lost among its statements, and the next one has another', async () => {
    const done = database.transaction(async (tx) => {
      tx.meanwhile(tx.rows('insert into thing values (1)'));
      tx.meanwhile(tx.rows('select pg_terminate_backend(pg_backend_pid())'));
      tx.meanwhile(tx.copy('thing', '2\ttwo\n'));
      await tx.rows('insert into thing values (3)');
    });
    await expect(done).rejects.toThrow();
    expect(await things()).toEqual([]);
  });

  it('does again on another connection what may be done twice', async () => {
    let times = 0;
    await database.repeatable(async (tx) => {
      tx.meanwhile(tx.rows('insert into thing values (1)'));
      times += 1;
      if (times === 1) tx.meanwhile(tx.rows('select pg_terminate_backend(pg_backend_pid())'));
      tx.meanwhile(tx.copy('thing', '2\ttwo\n'));
    });
    expect(times).toBe(2);
    expect(await things()).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('tells instants in UTC, whatever the zone of the database', async () => {
    const name = (
      await database.read((tx) => tx.one<{ name: string }>('select current_database() as name'))
    )?.name;
    // Twenty minutes and thirty-two seconds ahead, which no reader of JSON knows.
    await database.read((tx) =>
      tx.rows(`alter database ${name} set timezone = 'Europe/Amsterdam'`),
    );
    const zoned = createDataSource({ url: there.url }, 1);
    await zoned.initialize();
    const told = await new Database(zoned).read((tx) =>
      tx.one(`select to_json(timestamptz '1930-01-01T12:00Z') as instant`),
    );
    await zoned.destroy();
    expect(told).toEqual({ instant: '1930-01-01T12:00:00+00:00' });
  });

  it.each([
    ['many', MANY],
    ['some, whose end comes with them,', 300],
  ])('gives %s rows of a table no faster than they are read', async (_how, count) => {
    const lines = Array.from({ length: count }, (_, id) => `${id}\t${'x'.repeat(100)}\n`);
    await database.transaction((tx) => tx.copy('thing', lines.join('')));
    const read = await database.snapshot(async (tx) => {
      const rows = tx.copyOut('thing');
      const chunks: string[] = [];
      for await (const chunk of rows) {
        expect(rows.readableLength).toBeLessThan(2_000_000);
        chunks.push(String(chunk));
      }
      return chunks.join('');
    });
    expect(read).toBe(lines.join(''));
  });

  it('drops a connection whose rows nobody reads to the end', async () => {
    const lines = Array.from({ length: MANY }, (_, id) => `${id}\t\\N\n`);
    await database.transaction((tx) => tx.copy('thing', lines.join('')));
    const done = database.snapshot(async (tx) => {
      for await (const chunk of tx.copyOut('thing (id)'))
        throw new Error(`enough: ${chunk.length}`);
    });
    await expect(done).rejects.toThrow('enough');
    expect(await things()).toHaveLength(MANY);
  });
});
