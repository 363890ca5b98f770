import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.js';
import { AddresseeModule } from '../challenge/addressee.module.js';
import { ChallengeModule } from '../challenge/challenge.module.js';
import { KpiModule } from '../kpi/kpi.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { LiveModule } from '../live/live.module.js';
import { PeopleModule } from '../people/people.module.js';
import { IntakeController } from './intake.controller.js';
import { IntakeService } from './intake.service.js';
import { RebuildService } from './rebuild.service.js';
import { SettlementService } from './settlement.service.js';
import { UndoService } from './undo.service.js';
import { VerdictController } from './verdict.controller.js';
import { VerdictService } from './verdict.service.js';

@Module({
  imports: [
    ActivityModule,
    AddresseeModule,
    ChallengeModule,
    KpiModule,
    LedgerModule,
    LiveModule,
    PeopleModule,
  ],
  controllers: [IntakeController, VerdictController],
  providers: [IntakeService, SettlementService, VerdictService, UndoService, RebuildService],
  exports: [IntakeService, VerdictService, UndoService, RebuildService],
})
export class IntakeModule {}
