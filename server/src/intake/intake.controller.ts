import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { activityInputSchema } from '@palmares/shared/activity/input';
import { BATCH_MAX, intakeModes, receiptSchema } from '@palmares/shared/intake/receipt';
import { z } from 'zod';
import { AllowPlain, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { TakesUpTo } from '../http/entrance.js';
import { IntakeService, type Batch } from './intake.service.js';

/** Five thousand activities of an ordinary size fit twice. */
const BODY_MAX_BYTES = 8_000_000;

const mode = z.enum(intakeModes).default('partial');

/** Items are read one by one, so that a wrong one does not stop the others. */
const batchSchema = z.strictObject({
  mode,
  activities: z.array(z.unknown()).max(BATCH_MAX, { error: `at most ${BATCH_MAX} activities` }),
});

/** What a client is told that a batch is. */
const documentedSchema = z
  .strictObject({ mode, activities: z.array(activityInputSchema).max(BATCH_MAX) })
  .meta({ id: 'ActivityBatch' });

@ApiTags('activities')
@Controller('api/activities')
export class IntakeController {
  constructor(private readonly intake: IntakeService) {}

  @Post()
  @HttpCode(200)
  @TakesUpTo(BODY_MAX_BYTES)
  @AllowPlain('activity.record')
  @ApiOperation({ summary: 'Record activities' })
  @ApiBody({ standardSchema: documentedSchema } as never)
  @ApiResponse({ status: 200, standardSchema: receiptSchema })
  record(@From() caller: Caller, @Body({ schema: batchSchema }) batch: Batch) {
    return this.intake.record(caller.organisationId, batch);
  }
}
