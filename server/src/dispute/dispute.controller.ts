import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  SerializeOptions,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  disputeInputSchema,
  disputeSchema,
  disputeStatuses,
  resolutionSchema,
  type DisputeInput,
  type Resolution,
} from '@palmares/shared/dispute/dispute';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller, MemberCaller } from '../auth/caller.js';
import { DisputeService } from './dispute.service.js';

const idSchema = z.uuid();
const querySchema = z.strictObject({
  status: z.enum(disputeStatuses).optional(),
  mine: z.stringbool().default(false),
  challengeId: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: idSchema.optional(),
});
const pageSchema = z
  .object({ items: z.array(disputeSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'DisputePage' });

@ApiTags('disputes')
@Controller('api/disputes')
export class DisputeController {
  constructor(private readonly disputes: DisputeService) {}

  @Post()
  @HttpCode(201)
  @Allow('dispute.report')
  @ApiOperation({ summary: 'Report an error of an activity of one’s own, or a missing sale' })
  @ApiResponse({ status: 201, standardSchema: disputeSchema })
  @SerializeOptions({ schema: disputeSchema })
  report(@From() caller: MemberCaller, @Body({ schema: disputeInputSchema }) input: DisputeInput) {
    return this.disputes.report(caller, input);
  }

  @Get()
  @Allow('dispute.read')
  @ApiOperation({ summary: 'Reports that concern me, or those whom I manage; newest first' })
  @ApiResponse({ status: 200, standardSchema: pageSchema })
  @SerializeOptions({ schema: pageSchema })
  list(
    @From() caller: Caller,
    @Query({ schema: querySchema }) query: z.output<typeof querySchema>,
  ) {
    return this.disputes.list(caller, query);
  }

  @Get(':id')
  @Allow('dispute.read')
  @ApiOperation({ summary: 'One report' })
  @ApiResponse({ status: 200, standardSchema: disputeSchema })
  @SerializeOptions({ schema: disputeSchema })
  one(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.disputes.view(caller, id);
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @Allow('dispute.resolve')
  @ApiOperation({ summary: 'Answer a report of somebody whom one manages' })
  @ApiResponse({ status: 200, standardSchema: disputeSchema })
  @SerializeOptions({ schema: disputeSchema })
  resolve(
    @From() caller: MemberCaller,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: resolutionSchema }) resolution: Resolution,
  ) {
    return this.disputes.resolve(caller, id, resolution);
  }
}
