import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { Clock } from './clock.js';
import type { Config } from './config.js';
import { Database } from './database.js';

export const CONFIG = Symbol('CONFIG');
export const LOGGER = Symbol('LOGGER');

/** What the outside gives to a server: its settings, its database, its clock, its log. */
export interface Surroundings {
  config: Config;
  dataSource: DataSource;
  clock: Clock;
  logger: Logger;
}

@Global()
@Module({})
export class PlatformModule {
  static with({ config, dataSource, clock, logger }: Surroundings): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: Clock, useValue: clock },
        { provide: Database, useValue: new Database(dataSource) },
      ],
      exports: [CONFIG, LOGGER, Clock, Database],
    };
  }
}
