import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock } from './clock.js';
import { Database } from './database.js';
import { Schedule } from './schedule.js';
import { CONFIG, LOGGER, type Surroundings } from './surroundings.js';

export { CONFIG, LOGGER, type Surroundings } from './surroundings.js';

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
        Schedule,
      ],
      exports: [CONFIG, LOGGER, Clock, Database, Schedule],
    };
  }
}
