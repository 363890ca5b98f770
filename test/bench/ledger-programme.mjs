// The ledger of the server, driven as the programme drives it: in a transaction and a turn.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '@palmares/server/app.module';
import { createDataSource } from '@palmares/server/data-source';
import { LedgerCheckService } from '@palmares/server/ledger/ledger-check.service';
import { LedgerService } from '@palmares/server/ledger/ledger.service';
import { PeopleService } from '@palmares/server/people/people.service';
import { Clock } from '@palmares/server/platform/clock';
import { readConfig } from '@palmares/server/platform/config';
import { Database } from '@palmares/server/platform/database';
import { createLogger, NestLogger } from '@palmares/server/platform/logging';

/** Opens the server’s rooms on the database of an organisation, without a socket to listen on. */
export async function openLedger(cluster, { id, database }) {
  const config = readConfig({ DATABASE_URL: cluster.url(database) });
  const logger = createLogger('error');
  const dataSource = createDataSource({ url: config.databaseUrl }, 2);
  await dataSource.initialize();
  const surroundings = { config, dataSource, clock: new Clock(), logger };
  const app = await NestFactory.createApplicationContext(AppModule.with(surroundings), {
    logger: new NestLogger(logger),
  });
  const ledger = app.get(LedgerService);
  const budgetId = randomUUID();
  const inTurn = (work) =>
    app
      .get(Database)
      .transaction(async (tx) => work(tx, await app.get(PeopleService).turn(tx, id)));
  return {
    budgetId,
    reserve: (amount) =>
      inTurn((tx, turn) =>
        ledger.reserve(tx, turn, { budgetId, name: 'Benchmark', currency: 'points', amount }),
      ),
    settle: (dues) => inTurn((tx, turn) => ledger.settle(tx, turn, dues)),
    /** What the product’s own check has looked at; throws when it finds anything. */
    async check() {
      const { differences, first, checked } = await app.get(LedgerCheckService).check(id);
      if (differences === 0) return checked;
      throw new Error(`WRONG: the check finds ${differences}: ${JSON.stringify(first[0])}`);
    },
    async close() {
      await app.close();
      await dataSource.destroy();
    },
  };
}
