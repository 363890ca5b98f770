// A process that settles: for each number it reads, every rep of the organisation is due so many
// points. It answers with the points that it paid, once they are committed.
import 'reflect-metadata';
import { createInterface } from 'node:readline';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '@palmares/server/app.module';
import { createDataSource } from '@palmares/server/data-source';
import { LedgerService } from '@palmares/server/ledger/ledger.service';
import { PeopleService } from '@palmares/server/people/people.service';
import { Clock } from '@palmares/server/platform/clock';
import { readConfig } from '@palmares/server/platform/config';
import { Database } from '@palmares/server/platform/database';
import { createLogger, NestLogger } from '@palmares/server/platform/logging';

const [organisationId, budgetId] = process.argv.slice(2);
const config = readConfig();
const logger = createLogger('error');
const dataSource = createDataSource({ url: config.databaseUrl }, 2);
await dataSource.initialize();
const surroundings = { config, dataSource, clock: new Clock(), logger };
const app = await NestFactory.createApplicationContext(AppModule.with(surroundings), {
  logger: new NestLogger(logger),
});
const [database, people, ledger] = [Database, PeopleService, LedgerService].map((one) =>
  app.get(one),
);

async function settle(due) {
  return database.transaction(async (tx) => {
    const turn = await people.turn(tx, organisationId);
    const { byId } = await people.directory(tx, turn);
    const more = { currency: 'points', expiresOn: null, regime: 'test', reason: 'Sprint' };
    const dues = [...byId.keys()].map((memberId) => {
      return { reference: 'challenge/1/0', memberId, budgetId, due, ...more };
    });
    return ledger.settle(tx, turn, dues);
  });
}

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await settle(Number(line))));
}
await app.close();
await dataSource.destroy();
