import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  SerializeOptions,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  firstAdminSchema,
  issuedInvitationSchema,
  newOrganisationSchema,
  organisationChangeSchema,
  organisationViewSchema,
  type NewOrganisation,
} from '@palmares/shared/auth/session';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Site } from '../http/site.js';
import { Allow } from './access.js';
import { OrganisationService, type FirstAdmin } from './organisation.service.js';

const idSchema = z.uuid();
const pageSchema = z
  .object({ items: z.array(organisationViewSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'OrganisationPage' });
const madeSchema = organisationViewSchema
  .extend({ invitation: issuedInvitationSchema.nullable() })
  .meta({ id: 'MadeOrganisation' });
const listSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.uuid().optional(),
});

@ApiTags('organisations')
@Controller('api/organisations')
@Allow('organisation.operate')
export class OrganisationController {
  constructor(
    private readonly organisations: OrganisationService,
    private readonly site: Site,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Every organisation, newest first' })
  @ApiResponse({ status: 200, standardSchema: pageSchema })
  @SerializeOptions({ schema: pageSchema })
  list(@Query({ schema: listSchema }) { limit, cursor }: z.output<typeof listSchema>) {
    return this.organisations.list(limit, cursor);
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ summary: 'Make an organisation, with a link for its first admin' })
  @ApiResponse({ status: 201, standardSchema: madeSchema })
  @SerializeOptions({ schema: madeSchema })
  create(
    @Body({ schema: newOrganisationSchema }) input: NewOrganisation,
    @Req() request: FastifyRequest,
  ) {
    return this.organisations.create(input, this.site.origin(request.raw));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Rename an organisation' })
  @ApiResponse({ status: 200, standardSchema: organisationViewSchema })
  @SerializeOptions({ schema: organisationViewSchema })
  rename(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: organisationChangeSchema }) { name }: { name: string },
  ) {
    return this.organisations.rename(id, name);
  }

  @Post(':id/invitation')
  @HttpCode(201)
  @ApiOperation({ summary: 'A link for the first admin, while none has entered' })
  @ApiResponse({ status: 201, standardSchema: issuedInvitationSchema })
  @SerializeOptions({ schema: issuedInvitationSchema })
  invite(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: firstAdminSchema }) admin: FirstAdmin,
    @Req() request: FastifyRequest,
  ) {
    return this.organisations.inviteFirst(id, admin, this.site.origin(request.raw));
  }
}
