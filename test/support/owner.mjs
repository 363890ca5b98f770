// A server reduced to its database: owns the one in the given folder and commits until it is killed.
// Prints a number once that row is committed.
import pg from 'pg';
import { startEmbedded } from '@palmares/server/platform/embedded';

const database = await startEmbedded(process.argv[2] ?? '');
const pool = new pg.Pool({ ...database.cfg, max: 4 });
await pool.query('create table if not exists kept (id bigserial primary key)');
await Promise.all(
  Array.from({ length: 4 }, async () => {
    for (;;) {
      const { rows } = await pool.query('insert into kept default values returning id');
      process.stdout.write(`${rows[0].id}\n`);
    }
  }),
);
