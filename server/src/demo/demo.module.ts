import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { BoardModule } from '../board/board.module.js';
import { ChallengeModule } from '../challenge/challenge.module.js';
import { DisputeModule } from '../dispute/dispute.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PeopleModule } from '../people/people.module.js';
import { TargetModule } from '../target/target.module.js';
import { DemoEvents } from './demo-events.js';
import { DemoFounder } from './demo-founder.js';
import { DemoSimulator } from './demo-simulator.js';
import { DemoStory } from './demo-story.js';
import { DemoController } from './demo.controller.js';
import { Demo } from './demo.service.js';

@Module({
  imports: [
    AuthModule,
    BoardModule,
    ChallengeModule,
    DisputeModule,
    IntakeModule,
    LedgerModule,
    PeopleModule,
    TargetModule,
  ],
  controllers: [DemoController],
  providers: [Demo, DemoEvents, DemoFounder, DemoSimulator, DemoStory],
})
export class DemoModule {}
