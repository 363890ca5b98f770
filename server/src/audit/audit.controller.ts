import { Controller, Get, Query, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { auditActions, auditEntrySchema } from '@palmares/shared/audit/audit';
import { textSchema } from '@palmares/shared/quantity/text';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { AuditService } from './audit.service.js';

const instantSchema = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const querySchema = z.strictObject({
  actor: textSchema(100).optional(),
  subject: textSchema(2_500).optional(),
  action: z.enum(auditActions).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.uuid().optional(),
});
const pageSchema = z
  .object({
    items: z.array(auditEntrySchema),
    nextCursor: z.string().nullable(),
    teams: z
      .array(z.object({ id: z.uuid(), name: z.string() }))
      .meta({ description: 'what the teams named in these entries are called today' }),
  })
  .meta({ id: 'AuditPage' });

@ApiTags('audit')
@Controller('api/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @Allow('audit.read')
  @ApiOperation({ summary: 'Who did what to what, when and from where, newest first' })
  @ApiResponse({ status: 200, standardSchema: pageSchema })
  @SerializeOptions({ schema: pageSchema })
  list(
    @From() caller: Caller,
    @Query({ schema: querySchema }) query: z.output<typeof querySchema>,
  ) {
    return this.audit.list(caller.organisationId, query);
  }
}
