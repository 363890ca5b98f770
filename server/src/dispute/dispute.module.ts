import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.js';
import { AddresseeModule } from '../challenge/addressee.module.js';
import { LiveModule } from '../live/live.module.js';
import { PeopleModule } from '../people/people.module.js';
import { DisputeController } from './dispute.controller.js';
import { DisputeService } from './dispute.service.js';

@Module({
  imports: [ActivityModule, AddresseeModule, LiveModule, PeopleModule],
  controllers: [DisputeController],
  providers: [DisputeService],
  exports: [DisputeService],
})
export class DisputeModule {}
