// The rival of the board: Fastify alone over a sorted set of Redis, a rank and its neighbours.
import { createRequire } from 'node:module';
import { createClient } from 'redis';

const fastify = createRequire(import.meta.resolve('@nestjs/platform-fastify'))('fastify');

const client = createClient({ socket: { path: process.env.BENCH_REDIS } });
await client.connect();
const members = Number(process.env.BENCH_MEMBERS);
for (let from = 0; from < members; from += 1000) {
  const some = Array.from({ length: Math.min(1000, members - from) }, (_, at) => {
    return { score: 0, value: `member-${from + at}` };
  });
  await client.zAdd('board', some);
}

const app = fastify();
app.get('/ready', () => ({ status: 'ok' }));
app.get('/around/:member', async ({ params: { member }, query: { limit } }) => {
  const rank = await client.zRevRank('board', member);
  const first = Math.max(0, rank - (Number(limit) >> 1));
  const last = first + Number(limit) - 1;
  const rows = await client.zRangeWithScores('board', first, last, { REV: true });
  return {
    rows: rows.map(({ value, score }, at) => {
      const subject = { type: 'member', id: value, label: `Rep ${value}` };
      return { subject, score: String(score), reachedAt: null, reason: null, rank: first + at + 1 };
    }),
  };
});
app.post('/change/:member', async ({ params: { member } }) => {
  return { score: await client.zIncrBy('board', 100, member) };
});
await app.listen({ port: Number(process.env.PORT), host: process.env.HOST });
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
