import { Controller, Get, Query, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { factPageSchema, factQuerySchema } from '@palmares/shared/kpi/answer';
import { markSchema } from '../activity/mark.js';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { FactService, type FactWish } from './fact.service.js';

const pageQuerySchema = factQuerySchema.extend({ cursor: markSchema.optional() });

@ApiTags('activities')
@Controller('api/activities')
export class FactController {
  constructor(private readonly facts: FactService) {}

  @Get()
  @Allow('activity.read')
  @ApiOperation({
    summary: 'Activities that count, the latest first, such as those behind a figure',
  })
  @ApiResponse({ status: 200, standardSchema: factPageSchema })
  @SerializeOptions({ schema: factPageSchema })
  list(@From() caller: Caller, @Query({ schema: pageQuerySchema }) query: FactWish) {
    return this.facts.list(caller, query);
  }
}
