import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { LiveModule } from '../live/live.module.js';
import { NotificationController } from './notification.controller.js';
import { NotificationPublisher } from './notification.publisher.js';
import { NotificationService } from './notification.service.js';
import { PointsPublisher } from './points.publisher.js';

@Module({
  imports: [LedgerModule, LiveModule],
  controllers: [NotificationController],
  providers: [NotificationService, NotificationPublisher, PointsPublisher],
})
export class NotificationModule {}
