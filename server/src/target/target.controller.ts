import { Body, Controller, Get, HttpCode, Put, Query, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  targetsInputSchema,
  targetsQuerySchema,
  targetsSchema,
  type TargetsInput,
  type TargetsQuery,
} from '@palmares/shared/target/target';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { TargetService } from './target.service.js';

@ApiTags('targets')
@Controller('api/targets')
export class TargetController {
  constructor(private readonly targets: TargetService) {}

  @Get()
  @Allow('target.read')
  @ApiOperation({ summary: 'The targets of a KPI and a period, by member or by team' })
  @ApiResponse({ status: 200, standardSchema: targetsSchema })
  @SerializeOptions({ schema: targetsSchema })
  list(@From() caller: Caller, @Query({ schema: targetsQuerySchema }) query: TargetsQuery) {
    return this.targets.list(caller, query);
  }

  @Put()
  @HttpCode(204)
  @Allow('target.set')
  @ApiOperation({ summary: 'Set targets, or remove them with null; all or none' })
  async put(@From() caller: Caller, @Body({ schema: targetsInputSchema }) input: TargetsInput) {
    await this.targets.put(caller, input);
  }
}
