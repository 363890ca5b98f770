import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { AnswerService } from './answer.service.js';
import { FactController } from './fact.controller.js';
import { FactService } from './fact.service.js';
import { KpiController } from './kpi.controller.js';
import { KpiService } from './kpi.service.js';
import { MeasureService } from './measure.service.js';
import { ResultService } from './result.service.js';

@Module({
  imports: [PeopleModule],
  controllers: [KpiController, FactController],
  providers: [MeasureService, KpiService, ResultService, AnswerService, FactService],
  exports: [MeasureService, KpiService, ResultService, AnswerService],
})
export class KpiModule {}
