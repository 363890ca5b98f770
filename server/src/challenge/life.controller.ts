import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  SerializeOptions,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { audienceSchema, DEFINITION_MAX_BYTES } from '@palmares/shared/challenge/audience';
import {
  challengeChangeSchema,
  challengeDefinitionSchema,
  type ChallengeChange,
} from '@palmares/shared/challenge/challenge';
import { textSchema } from '@palmares/shared/quantity/text';
import { daySchema } from '@palmares/shared/time/day-schema';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import { signatureOf, type Caller } from '../auth/caller.js';
import { TakesUpTo } from '../http/entrance.js';
import { CertificationService } from './certification.service.js';
import { AmendmentService } from './amendment.service.js';
import {
  amendedSchema,
  certificationSchema,
  certifiedSchema,
  challengeSchema,
  costSchema,
  differencesSchema,
} from './challenge-view.js';
import { ChallengeService } from './challenge.service.js';
import { DifferenceService } from './difference.service.js';
import { LifeService } from './life.service.js';
import { ReadingService } from './reading.service.js';

const idSchema = z.uuid();
/** Nothing has to be said: the copy is then for the days that follow. */
const copySchema = z
  .strictObject({
    name: textSchema(120).optional(),
    from: daySchema.optional(),
    to: daySchema.optional(),
    audience: audienceSchema.unwrap().optional().meta({
      description: 'for whom the copy is, without observers; unless said, as it was',
    }),
  })
  .default({});
const cancelSchema = z.strictObject({ reason: textSchema(500) });
const amendSchema = z.strictObject({
  definition: challengeDefinitionSchema,
  preview: z.boolean().default(false).meta({ description: 'true: nothing of it is kept' }),
});

@ApiTags('challenges')
@Controller('api/challenges')
export class LifeController {
  constructor(
    private readonly challenges: ChallengeService,
    private readonly life: LifeService,
    private readonly certification: CertificationService,
    private readonly differences: DifferenceService,
    private readonly amendments: AmendmentService,
    private readonly reading: ReadingService,
  ) {}

  @Patch(':id')
  @TakesUpTo(DEFINITION_MAX_BYTES)
  @Allow('challenge.steer')
  @ApiOperation({ summary: 'Change a draft: what is not named stays' })
  @ApiResponse({ status: 200, standardSchema: challengeSchema })
  @SerializeOptions({ schema: challengeSchema })
  async redraft(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: challengeChangeSchema }) change: ChallengeChange,
  ) {
    await this.life.redraft(caller, id, change);
    return this.reading.one(caller, id);
  }

  @Post(':id/duplicate')
  @TakesUpTo(DEFINITION_MAX_BYTES)
  @HttpCode(201)
  @Allow('challenge.steer')
  @ApiOperation({ summary: 'A draft like it, for the days that follow' })
  @ApiResponse({ status: 201, standardSchema: challengeSchema })
  @SerializeOptions({ schema: challengeSchema })
  async duplicate(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: copySchema }) wanted: z.output<typeof copySchema>,
  ) {
    const copy = await this.life.duplicate(caller, id, wanted);
    return this.reading.one(caller, copy);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('challenge.steer')
  @ApiOperation({ summary: 'End it without a winner' })
  @ApiResponse({ status: 200, standardSchema: challengeSchema })
  @SerializeOptions({ schema: challengeSchema })
  async cancel(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: cancelSchema }) { reason }: z.output<typeof cancelSchema>,
  ) {
    await this.life.cancel(caller, id, reason);
    return this.reading.one(caller, id);
  }

  @Post(':id/amend')
  @TakesUpTo(DEFINITION_MAX_BYTES)
  @HttpCode(200)
  @Allow('challenge.steer')
  @ApiOperation({ summary: 'Change the rules of a launched challenge, or see what it would do' })
  @ApiResponse({ status: 200, standardSchema: amendedSchema })
  @SerializeOptions({ schema: amendedSchema })
  amend(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: amendSchema }) { definition, preview }: z.output<typeof amendSchema>,
  ) {
    return preview
      ? this.amendments.preview(caller, id, definition)
      : this.amendments.amend(caller, id, definition);
  }

  @Get(':id/cost')
  @Allow('challenge.audit')
  @ApiOperation({ summary: 'What it may cost at the most' })
  @ApiResponse({ status: 200, standardSchema: costSchema })
  @SerializeOptions({ schema: costSchema })
  cost(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.challenges.cost(caller.organisationId, id);
  }

  @Get(':id/certification')
  @Allow('challenge.audit')
  @ApiOperation({ summary: 'What is open, and what it would give, or gave' })
  @ApiResponse({ status: 200, standardSchema: certificationSchema })
  @SerializeOptions({ schema: certificationSchema })
  overview(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.certification.overview(caller, id);
  }

  @Get(':id/differences')
  @Allow('challenge.audit')
  @ApiOperation({ summary: 'What late data has moved since the window, or the certification' })
  @ApiResponse({ status: 200, standardSchema: differencesSchema })
  @SerializeOptions({ schema: differencesSchema })
  differ(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.differences.list(caller, id);
  }

  @Post(':id/certify')
  @HttpCode(200)
  @Allow('challenge.certify')
  @ApiOperation({ summary: 'Sign that it ends as it stands' })
  @ApiResponse({ status: 200, standardSchema: certifiedSchema })
  @SerializeOptions({ schema: certifiedSchema })
  certify(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    const { organisationId } = caller;
    const hand = { organisationId, signature: signatureOf(caller), caller };
    return this.certification.certify(hand, id);
  }
}
