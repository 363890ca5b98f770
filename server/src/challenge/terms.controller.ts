import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  SerializeOptions,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  acknowledgementSchema,
  termsViewSchema,
  writtenClausesSchema,
  type WrittenClauses,
} from '@palmares/shared/challenge/terms';
import { locales } from '@palmares/shared/people/organisation';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller, MemberCaller } from '../auth/caller.js';
import { TermsService } from './terms.service.js';

const idSchema = z.uuid();
const localeField = z.enum(locales).default('fr');
const querySchema = z.strictObject({
  locale: localeField,
  version: z.coerce.number().int().min(1).max(1_000_000).optional(),
});
const bodySchema = z.strictObject({ clauses: writtenClausesSchema }).meta({ id: 'TermsChange' });
const versionSchema = z
  .strictObject({
    version: z.int().min(1).max(1_000_000).optional().meta({
      description: 'that was read: refused once another is in force; without it the one in force',
    }),
  })
  .default({})
  .meta({ id: 'TermsAcknowledge' });
const acknowledgedSchema = z
  .object({ version: z.int(), acknowledgedAt: z.iso.datetime() })
  .meta({ id: 'TermsAcknowledged' });
const rollQuerySchema = z.strictObject({
  status: z.enum(['acknowledged', 'missing']).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
const rollSchema = z
  .object({
    version: z.int().nullable(),
    acknowledged: z.int(),
    missing: z.int(),
    items: z.array(acknowledgementSchema),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'TermsRoll' });
const remindedSchema = z
  .object({ reminded: z.int().meta({ description: 'members told today for the first time' }) })
  .meta({ id: 'TermsReminded' });

@ApiTags('challenges')
@Controller('api/challenges/:id/terms')
export class TermsController {
  constructor(private readonly terms: TermsService) {}

  @Get()
  @Allow('terms.read')
  @ApiOperation({ summary: 'The règlement: as published, or as a draft would be' })
  @ApiResponse({ status: 200, standardSchema: termsViewSchema })
  @SerializeOptions({ schema: termsViewSchema })
  view(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: querySchema }) query: z.output<typeof querySchema>,
  ) {
    return this.terms.view(caller, id, query);
  }

  @Put()
  @Allow('terms.manage')
  @ApiOperation({ summary: 'Write clauses; once launched that publishes a new version' })
  @ApiResponse({ status: 200, standardSchema: termsViewSchema })
  @SerializeOptions({ schema: termsViewSchema })
  async write(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: bodySchema }) { clauses }: { clauses: WrittenClauses },
  ) {
    await this.terms.write(caller, id, clauses);
    return this.terms.view(caller, id, { locale: 'fr' });
  }

  @Post('acknowledge')
  @HttpCode(200)
  @Allow('terms.acknowledge')
  @ApiOperation({ summary: 'Take note of the present version, as a participant' })
  @ApiResponse({ status: 200, standardSchema: acknowledgedSchema })
  @SerializeOptions({ schema: acknowledgedSchema })
  async acknowledge(
    @From() caller: MemberCaller,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: versionSchema }) { version }: z.output<typeof versionSchema>,
  ) {
    return this.terms.acknowledge(caller, id, version);
  }

  @Get('acknowledgements')
  @Allow('acknowledgement.read')
  @ApiOperation({ summary: 'Who has taken note of it, and who has not; a manager: own teams' })
  @ApiResponse({ status: 200, standardSchema: rollSchema })
  @SerializeOptions({ schema: rollSchema })
  acknowledgements(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: rollQuerySchema }) query: z.output<typeof rollQuerySchema>,
  ) {
    return this.terms.acknowledgements(caller, id, query);
  }

  @Post('remind')
  @HttpCode(200)
  @Allow('terms.manage')
  @ApiOperation({ summary: 'Remind those who have not, each at most once a day' })
  @ApiResponse({ status: 200, standardSchema: remindedSchema })
  @SerializeOptions({ schema: remindedSchema })
  remind(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.terms.remind(caller, id);
  }
}
