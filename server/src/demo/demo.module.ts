import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { BoardModule } from '../board/board.module.js';
import { ChallengeModule } from '../challenge/challenge.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { PeopleModule } from '../people/people.module.js';
import { DemoController } from './demo.controller.js';
import { Demo } from './demo.service.js';

@Module({
  imports: [AuthModule, BoardModule, ChallengeModule, IntakeModule, PeopleModule],
  controllers: [DemoController],
  providers: [Demo],
})
export class DemoModule {}
