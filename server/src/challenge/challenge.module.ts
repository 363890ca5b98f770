import { Module } from '@nestjs/common';
import { KpiModule } from '../kpi/kpi.module.js';
import { LiveModule } from '../live/live.module.js';
import { PeopleModule } from '../people/people.module.js';
import { TargetModule } from '../target/target.module.js';
import { ChallengeController } from './challenge.controller.js';
import { ChallengeService } from './challenge.service.js';
import { FrozenService } from './frozen.service.js';
import { ScoreService } from './score.service.js';

@Module({
  imports: [PeopleModule, KpiModule, TargetModule, LiveModule],
  controllers: [ChallengeController],
  providers: [ChallengeService, FrozenService, ScoreService],
  exports: [ChallengeService, ScoreService],
})
export class ChallengeModule {}
