import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { CommandAnswers } from './command-answers.js';
import { Drain } from './drain.js';
import { Entrance } from './entrance.js';
import { HealthController } from './health.controller.js';
import { Methods } from './methods.js';
import { Metrics } from './metrics.js';
import { Patience } from './patience.js';
import { ProblemFilter } from './problem.filter.js';
import { Quick } from './quick.js';
import { SchemaPipe } from './schema.pipe.js';
import { Site } from './site.js';

@Module({
  controllers: [HealthController],
  providers: [
    CommandAnswers,
    Drain,
    Entrance,
    Metrics,
    Methods,
    Patience,
    Quick,
    Site,
    { provide: APP_PIPE, useClass: SchemaPipe },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
  exports: [CommandAnswers, Entrance, Metrics, Quick, Site],
})
export class HttpModule {}
