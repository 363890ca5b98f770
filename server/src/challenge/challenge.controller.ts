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
import { DEFINITION_MAX_BYTES } from '@palmares/shared/challenge/audience';
import {
  challengeDefinitionSchema,
  challengeStatuses,
  type ChallengeDefinition,
} from '@palmares/shared/challenge/challenge';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { TakesUpTo } from '../http/entrance.js';
import { challengePageSchema, challengeSchema } from './challenge-view.js';
import { ChallengeService } from './challenge.service.js';
import { LaunchService } from './launch.service.js';
import { ReadingService } from './reading.service.js';

const idSchema = z.uuid();
const listSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.uuid().optional(),
  status: z.enum(challengeStatuses).optional(),
  mine: z.literal('true').optional().meta({ description: 'those in which the caller takes part' }),
});

@ApiTags('challenges')
@Controller('api/challenges')
export class ChallengeController {
  constructor(
    private readonly challenges: ChallengeService,
    private readonly reading: ReadingService,
    private readonly launches: LaunchService,
  ) {}

  @Post()
  @HttpCode(201)
  @TakesUpTo(DEFINITION_MAX_BYTES)
  @Allow('challenge.steer')
  @ApiOperation({ summary: 'Draft a challenge' })
  @ApiResponse({ status: 201, standardSchema: challengeSchema })
  @SerializeOptions({ schema: challengeSchema })
  async create(
    @From() caller: Caller,
    @Body({ schema: challengeDefinitionSchema }) definition: ChallengeDefinition,
  ) {
    const id = await this.challenges.create(caller, definition);
    return this.reading.one(caller, id);
  }

  @Get()
  @Allow('challenge.read')
  @ApiOperation({ summary: 'List challenges, newest first' })
  @ApiResponse({ status: 200, standardSchema: challengePageSchema })
  @SerializeOptions({ schema: challengePageSchema })
  list(@From() caller: Caller, @Query({ schema: listSchema }) query: z.output<typeof listSchema>) {
    return this.reading.list(caller, query);
  }

  @Get(':id')
  @Allow('challenge.read')
  @ApiOperation({ summary: 'One challenge' })
  @ApiResponse({ status: 200, standardSchema: challengeSchema })
  @SerializeOptions({ schema: challengeSchema })
  one(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.reading.one(caller, id);
  }

  @Post(':id/launch')
  @HttpCode(200)
  @Allow('challenge.steer')
  @ApiOperation({
    summary: 'Freeze a draft and let it run, or ask for the countersignature that it needs',
  })
  @ApiResponse({ status: 200, standardSchema: challengeSchema })
  @SerializeOptions({ schema: challengeSchema })
  async launch(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    await this.launches.launch(caller, id);
    return this.reading.one(caller, id);
  }
}
