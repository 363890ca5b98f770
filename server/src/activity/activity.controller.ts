import { Controller, Get, Param, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { activityIdSchema } from '@palmares/shared/activity/activity-id';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { ActivityService } from './activity.service.js';
import { revisionSchema } from './revision-view.js';

const revisionsSchema = z
  .object({ items: z.array(revisionSchema), nextCursor: z.null() })
  .meta({ id: 'ActivityRevisions' });
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

  @Get('activities/:id/revisions')
  @Allow('revision.read')
  @ApiOperation({ summary: 'Everything a source ever said of one activity' })
  @ApiParam({ name: 'id', description: 'source~externalId, each percent-encoded' })
  @ApiResponse({ status: 200, standardSchema: revisionsSchema })
  @SerializeOptions({ schema: revisionsSchema })
  async revisions(
    @From() caller: Caller,
    @Param('id', { schema: activityIdSchema }) id: z.output<typeof activityIdSchema>,
  ) {
    const items = await this.activities.revisions(caller.organisationId, id);
    return { items, nextCursor: null };
  }

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
