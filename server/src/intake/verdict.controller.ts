import { Body, Controller, Get, HttpCode, Param, Post, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { activityIdSchema } from '@palmares/shared/activity/activity-id';
import { verdictSchema } from '@palmares/shared/activity/verdict';
import { textSchema } from '@palmares/shared/quantity/text';
import { z } from 'zod';
import { revisionSchema } from '../activity/revision-view.js';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { VerdictService } from './verdict.service.js';

const revisionsSchema = z
  .object({ items: z.array(revisionSchema), nextCursor: z.null() })
  .meta({ id: 'ActivityRevisions' });
const bodySchema = z
  .strictObject({ verdict: verdictSchema, reason: textSchema(500).nullish() })
  .meta({ id: 'Verdict' });

@ApiTags('activities')
@Controller('api/activities')
export class VerdictController {
  constructor(private readonly verdicts: VerdictService) {}

  @Post(':id/verdict')
  @HttpCode(204)
  @Allow('verdict.give')
  @ApiOperation({ summary: 'Decide whether an activity counts, whatever its source says next' })
  @ApiParam({ name: 'id', description: 'source~externalId, each percent-encoded' })
  async give(
    @From() caller: Caller,
    @Param('id', { schema: activityIdSchema }) id: z.output<typeof activityIdSchema>,
    @Body({ schema: bodySchema }) { verdict, reason }: z.output<typeof bodySchema>,
  ) {
    await this.verdicts.judge(caller, id, verdict, reason ?? null);
  }

  @Get(':id/revisions')
  @Allow('revision.read')
  @ApiOperation({ summary: 'Everything a source ever said of one activity' })
  @ApiParam({ name: 'id', description: 'source~externalId, each percent-encoded' })
  @ApiResponse({ status: 200, standardSchema: revisionsSchema })
  @SerializeOptions({ schema: revisionsSchema })
  async revisions(
    @From() caller: Caller,
    @Param('id', { schema: activityIdSchema }) id: z.output<typeof activityIdSchema>,
  ) {
    const items = await this.verdicts.revisions(caller, id);
    return { items, nextCursor: null };
  }
}
