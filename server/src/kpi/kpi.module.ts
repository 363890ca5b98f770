import { Module } from '@nestjs/common';
import { MeasureService } from './measure.service.js';

@Module({ providers: [MeasureService], exports: [MeasureService] })
export class KpiModule {}
