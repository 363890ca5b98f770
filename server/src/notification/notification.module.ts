import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.js';
import { NotificationController } from './notification.controller.js';
import { NotificationPublisher } from './notification.publisher.js';
import { NotificationService } from './notification.service.js';

@Module({
  imports: [LiveModule],
  controllers: [NotificationController],
  providers: [NotificationService, NotificationPublisher],
})
export class NotificationModule {}
