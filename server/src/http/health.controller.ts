import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Database } from '../platform/database.js';
import { Allow } from './allow.js';
import { MetricsDoor } from './metrics-door.js';
import { Metrics } from './metrics.js';
import { ProblemError } from './problem-error.js';

const healthSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

@ApiTags('health')
@Controller()
@Allow('health.read')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  @Get('api/health/live')
  @ApiOperation({ summary: 'The process runs' })
  @ApiResponse({ status: 200, standardSchema: healthSchema })
  live() {
    return { status: 'ok' };
  }

  @Get('api/health/ready')
  @ApiOperation({ summary: 'The process answers, and so does its database' })
  @ApiResponse({ status: 200, standardSchema: healthSchema })
  async ready() {
    // Not patiently, as other reads are: whoever asks wants to know how it is now.
    await this.database
      .snapshot((tx) => tx.rows('select 1'))
      .catch((error: Error) => {
        // Addresses of the inside are for the log, which is written where problems are answered.
        throw Object.assign(new ProblemError('unavailable'), { cause: error });
      });
    return { status: 'ok' };
  }

  @Get('metrics')
  @UseGuards(MetricsDoor)
  @Header('content-type', 'text/plain; version=0.0.4')
  @ApiOperation({ summary: 'Measurements for Prometheus; from elsewhere by METRICS_TOKEN' })
  scrape() {
    return this.metrics.registry.metrics();
  }
}
