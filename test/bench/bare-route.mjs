// The rival of single activities: Fastify alone, one INSERT for each request, nothing else.
import { createRequire } from 'node:module';
import { types } from '@palmares/server/platform/database';
import pg from 'pg';

// The very Fastify that runs under the server.
const fastify = createRequire(import.meta.resolve('@nestjs/platform-fastify'))('fastify');

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.DATABASE_POOL),
  types,
});
const fields = JSON.parse(process.env.BENCH_FIELDS);
const places = fields.map((_, at) => `$${at + 4}`).join(', ');
const text = `insert into bare (organisation_id, seq, recorded_at, ${fields.join(', ')})
  values ($1, $2, $3, ${places}) on conflict do nothing`;
let seq = 0;

const app = fastify();
app.get('/ready', async () => ({ status: (await pool.query('select 1')) && 'ok' }));
app.post('/activities', async ({ body }) => {
  seq += 1;
  const values = [process.env.BENCH_ORGANISATION, seq, new Date()];
  for (const name of fields) values.push(body[name]);
  const { rowCount } = await pool.query({ name: 'bare', text, values });
  return { recorded: rowCount };
});
await app.listen({ port: Number(process.env.PORT), host: process.env.HOST });
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
