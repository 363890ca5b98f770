import { Module } from '@nestjs/common';
import { ActivityController } from './activity.controller.js';
import { ActivityService } from './activity.service.js';
import { LeafService } from './leaf.service.js';

@Module({
  controllers: [ActivityController],
  providers: [ActivityService, LeafService],
  exports: [ActivityService, LeafService],
})
export class ActivityModule {}
