import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { activityIdSchema } from '@palmares/shared/activity/activity-id';
import { verdictSchema } from '@palmares/shared/activity/verdict';
import { textSchema } from '@palmares/shared/quantity/text';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import { signatureOf, type Caller } from '../auth/caller.js';
import { VerdictService } from './verdict.service.js';

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
    const given = { verdict, reason: reason ?? null, givenBy: signatureOf(caller) };
    await this.verdicts.give(caller.organisationId, id, given);
  }
}
