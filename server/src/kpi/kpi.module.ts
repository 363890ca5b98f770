import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { AnswerService } from './answer.service.js';
import { KpiController } from './kpi.controller.js';
import { KpiService } from './kpi.service.js';
import { MeasureService } from './measure.service.js';
import { ResultService } from './result.service.js';

@Module({
  imports: [PeopleModule],
  controllers: [KpiController],
  providers: [MeasureService, KpiService, ResultService, AnswerService],
  exports: [MeasureService, KpiService, ResultService, AnswerService],
})
export class KpiModule {}
