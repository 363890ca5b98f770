import {
  Body,
  Controller,
  HttpCode,
  Param,
  Post,
  Req,
  Res,
  SerializeOptions,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  invitationViewSchema,
  issuedInvitationSchema,
  linkSchema,
  redemptionSchema,
  sessionViewSchema,
  type Link,
  type Redemption,
} from '@palmares/shared/auth/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Site } from '../http/site.js';
import { Allow, From } from './access.js';
import type { Caller } from './caller.js';
import { InvitationService } from './invitation.service.js';
import { SessionCookie } from './session-cookie.js';

@ApiTags('invitations')
@Controller('api')
export class InvitationController {
  constructor(
    private readonly invitations: InvitationService,
    private readonly cookie: SessionCookie,
    private readonly site: Site,
  ) {}

  @Post('members/:id/invitation')
  @HttpCode(201)
  @Allow('invitation.send')
  @ApiOperation({ summary: 'A link by which a member enters, once; earlier ones open nothing' })
  @ApiResponse({ status: 201, standardSchema: issuedInvitationSchema })
  @SerializeOptions({ schema: issuedInvitationSchema })
  issue(
    @From() caller: Caller,
    @Param('id', { schema: z.uuid() }) id: string,
    @Req() request: FastifyRequest,
  ) {
    return this.invitations.issue(caller.organisationId, id, this.site.origin(request.raw));
  }

  @Post('invitations/look')
  @HttpCode(200)
  @Allow('invitation.accept')
  @ApiOperation({ summary: 'What the bearer of an invitation is invited to' })
  @ApiResponse({ status: 200, standardSchema: invitationViewSchema })
  @SerializeOptions({ schema: invitationViewSchema })
  look(@Body({ schema: linkSchema }) { token }: Link) {
    return this.invitations.view(token);
  }

  @Post('invitations')
  @HttpCode(200)
  @Allow('invitation.accept')
  @ApiOperation({ summary: 'Accept an invitation and sign in' })
  @ApiResponse({ status: 200, standardSchema: sessionViewSchema })
  @SerializeOptions({ schema: sessionViewSchema })
  async redeem(
    @Body({ schema: redemptionSchema }) { token, password }: Redemption,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visitor = this.cookie.visitor(request);
    return this.cookie.keep(reply, await this.invitations.redeem(token, password, visitor));
  }
}
