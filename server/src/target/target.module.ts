import { Module } from '@nestjs/common';
import { KpiModule } from '../kpi/kpi.module.js';
import { DeriveService } from './derive.service.js';
import { TargetController } from './target.controller.js';
import { TargetService } from './target.service.js';

@Module({
  imports: [KpiModule],
  controllers: [TargetController],
  providers: [TargetService, DeriveService],
  exports: [TargetService],
})
export class TargetModule {}
