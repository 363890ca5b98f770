import { Controller, Get, Param, Query, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { activityIdSchema } from '@palmares/shared/activity/activity-id';
import { seqSchema } from '@palmares/shared/board/as-of';
import { leafPageSchema, withoutSchema } from '@palmares/shared/challenge/leaf-view';
import { proofSchema } from '@palmares/shared/challenge/proof-view';
import { daySchema } from '@palmares/shared/time/day-schema';
import { z } from 'zod';
import { markSchema } from '../activity/mark.js';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { ProofService } from './proof.service.js';

/** Whoever takes part; the service says whose proof they may read. */

const idSchema = z.uuid();
const asOf = seqSchema.optional().meta({
  description: 'a `seq`: the proof of the score as it was then',
});
const treeSchema = z.strictObject({ asOf });
const pageSchema = z.strictObject({
  asOf,
  measure: z.guid().meta({ description: 'the id of a measure of the tree' }),
  day: daySchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: markSchema.optional(),
});

@ApiTags('challenges')
@Controller('api/challenges')
export class ProofController {
  constructor(private readonly proofs: ProofService) {}

  @Get(':id/scores/:subjectId')
  @Allow('proof.read')
  @ApiOperation({ summary: 'How a score came about: rules, indicators, measures, days' })
  @ApiResponse({ status: 200, standardSchema: proofSchema })
  @SerializeOptions({ schema: proofSchema })
  tree(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Param('subjectId', { schema: idSchema }) subjectId: string,
    @Query({ schema: treeSchema }) query: z.output<typeof treeSchema>,
  ) {
    return this.proofs.tree(caller, id, subjectId, query.asOf);
  }

  @Get(':id/scores/:subjectId/activities')
  @Allow('proof.read')
  @ApiOperation({ summary: 'The activities behind a measure of a proof, and what each gives' })
  @ApiResponse({ status: 200, standardSchema: leafPageSchema })
  @SerializeOptions({ schema: leafPageSchema })
  activities(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Param('subjectId', { schema: idSchema }) subjectId: string,
    @Query({ schema: pageSchema }) query: z.output<typeof pageSchema>,
  ) {
    return this.proofs.activities(caller, id, subjectId, query);
  }

  @Get(':id/scores/:subjectId/without/:activityId')
  @Allow('proof.read')
  @ApiOperation({ summary: 'What a score would be without one of its activities' })
  @ApiParam({ name: 'activityId', description: 'source~externalId, each percent-encoded' })
  @ApiResponse({ status: 200, standardSchema: withoutSchema })
  @SerializeOptions({ schema: withoutSchema })
  without(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Param('subjectId', { schema: idSchema }) subjectId: string,
    @Param('activityId', { schema: activityIdSchema })
    activity: z.output<typeof activityIdSchema>,
  ) {
    return this.proofs.without(caller, id, subjectId, activity);
  }
}
