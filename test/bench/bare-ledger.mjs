// The rival of the ledger: the same rows into tables of the same columns and nothing else.
import pg from 'pg';
import { withClient } from './cluster.mjs';

/** A wallet is not updated but written anew: its rows have the number of its last line in the key. */
const TABLES = {
  posting: ['organisation_id', 'id'],
  lot: ['organisation_id', 'id'],
  lot_movement: ['organisation_id', 'posting_id', 'lot_id'],
  wallet: ['organisation_id', 'member_id', 'currency', 'lines'],
};

async function columnsOf(address, table) {
  const sql = `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`;
  return withClient(address, async (client) => (await client.query(sql, [table])).rows);
}

let ids = 0;
/** Ids in the order of time, like the server's own. */
const nextId = () => `00000000-0000-7000-8000-${(ids += 1).toString(16).padStart(12, '0')}`;

/** A database with the four tables: primary keys, no other index, no constraint, no trigger. */
export async function openBareLedger(cluster, database, like, organisationId) {
  await cluster.createDatabase(database);
  const client = new pg.Client(cluster.address(database));
  await client.connect();
  const inserts = {};
  for (const [table, key] of Object.entries(TABLES)) {
    const columns = await columnsOf(cluster.address(like), table);
    const lines = columns.map(({ name, type }) => `${name} ${type}`);
    await client.query(`create table ${table} (${lines.join(', ')}, primary key (${key.join()}))`);
    inserts[table] = (rows) => {
      const names = Object.keys(rows[0]);
      const type = (name) => columns.find((column) => column.name === name).type;
      const arrays = names.map((name, at) => `$${at + 1}::${type(name)}[]`);
      const text = `insert into ${table} (${names.join(', ')})
        select * from unnest(${arrays.join(', ')})`;
      return client.query({
        name: table,
        text,
        values: names.map((name) => rows.map((r) => r[name])),
      });
    };
  }
  let line = 0;
  return {
    /** One transaction for all who are paid. */
    async insert(dues) {
      line += 1;
      const now = new Date();
      const paid = dues.map((due) => ({ ...due, id: nextId() }));
      await client.query('begin');
      await inserts.posting(paid.map((due) => postingOf(due, organisationId, line, now)));
      await inserts.lot(paid.map((due) => lotOf(due, organisationId)));
      await inserts.lot_movement(
        paid.map(({ id, due }) => {
          return { organisation_id: organisationId, posting_id: id, lot_id: id, amount: due };
        }),
      );
      await inserts.wallet(
        paid.map(({ memberId, currency, due }) => {
          const balances = { pending: 0, available: due, held: 0, owed: 0 };
          const name = { organisation_id: organisationId, member_id: memberId, currency };
          return { ...name, ...balances, lines: line };
        }),
      );
      await client.query('commit');
    },
    close: () => client.end(),
  };
}

function postingOf(due, organisationId, line, now) {
  return {
    organisation_id: organisationId,
    id: due.id,
    owner_id: due.memberId,
    currency: due.currency,
    line,
    reference: due.reference,
    number: 1,
    from_account: 'budget',
    to_account: 'available',
    amount: due.due,
    budget_id: due.budgetId,
    reason: due.reason,
    seq: line,
    posted_at: now,
  };
}

function lotOf(due, organisationId) {
  return {
    organisation_id: organisationId,
    id: due.id,
    member_id: due.memberId,
    currency: due.currency,
    reference: due.reference,
    regime: due.regime,
    expires_on: due.expiresOn,
    amount: due.due,
    pending: 0,
    available: due.due,
    held: 0,
    expired: 0,
  };
}
