import { Controller, Get, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { ActivityService } from './activity.service.js';

const sourcesSchema = z
  .object({
    items: z.array(
      z.object({
        source: z.string(),
        heardAt: z.iso.datetime(),
        occurredOn: z.string().meta({ description: 'the last business day it spoke of' }),
      }),
    ),
    nextCursor: z.null(),
  })
  .meta({ id: 'Sources' });

@ApiTags('activities')
@Controller('api')
export class ActivityController {
  constructor(private readonly activities: ActivityService) {}

  @Get('sources')
  @Allow('source.read')
  @ApiOperation({ summary: 'How fresh the data of each source is' })
  @ApiResponse({ status: 200, standardSchema: sourcesSchema })
  @SerializeOptions({ schema: sourcesSchema })
  async sources(@From() caller: Caller) {
    const rows = await this.activities.freshness(caller.organisationId);
    const items = rows.map((row) => ({ ...row, heardAt: row.heardAt.toISOString() }));
    return { items, nextCursor: null };
  }
}
