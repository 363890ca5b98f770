// The rival of intake: the same rows into one table and nothing else, as fast as plain `pg` does it.
import pg from 'pg';
import { withClient } from './cluster.mjs';

const KEY = ['organisation_id', 'source', 'external_id', 'revision'];

/** The columns of the server's own table, so that the rival's stays like it. */
async function columnsOf(address) {
  const sql = `select attname as name, format_type(atttypid, atttypmod) as type
    from pg_attribute where attrelid = 'activity'::regclass and attnum > 0 and not attisdropped
    order by attnum`;
  return withClient(address, async (client) => (await client.query(sql)).rows);
}

/** A database with the bare table in it: the primary key and no other index. */
export async function createBareTable(cluster, database, like) {
  const columns = await columnsOf(cluster.address(like));
  const lines = columns.map(
    ({ name, type }) => `${name} ${type}${KEY.includes(name) ? ' not null' : ''}`,
  );
  await cluster.createDatabase(database);
  await withClient(cluster.address(database), (client) =>
    client.query(`create table bare (${lines.join(', ')}, primary key (${KEY.join(', ')}))`),
  );
  return columns;
}

const GIVEN = ['organisation_id', 'seq', 'recorded_at'];

/** The statement for rows of these fields; what all rows share is given once. */
export function insertInto(columns, fields) {
  const typeOf = new Map(columns.map(({ name, type }) => [name, type]));
  const unknown = fields.filter((name) => !typeOf.has(name));
  if (unknown.length > 0) throw new Error(`the activity table has no ${unknown.join(', ')}`);
  const arrays = fields.map((name, at) => `$${GIVEN.length + at + 1}::${typeOf.get(name)}[]`);
  return `insert into bare (${[...GIVEN, ...fields].join(', ')})
    select $1, $2, $3, * from unnest(${arrays.join(', ')}) on conflict do nothing`;
}

/** One connection that inserts batches, a transaction each; a repeated activity does nothing. */
export async function openBare(cluster, database, columns, organisationId) {
  const client = new pg.Client(cluster.address(database));
  await client.connect();
  let text;
  let seq = 0;
  return {
    async insert(activities) {
      const rows = activities.map(({ row }) => row);
      const fields = Object.keys(rows[0]);
      text ??= insertInto(columns, fields);
      const values = fields.map((name) =>
        name === 'attributes'
          ? rows.map((row) => JSON.stringify(row.attributes))
          : rows.map((row) => row[name]),
      );
      seq += 1;
      await client.query('begin');
      await client.query({
        name: 'bare',
        text,
        values: [organisationId, seq, new Date(), ...values],
      });
      await client.query('commit');
    },
    close: () => client.end(),
  };
}
