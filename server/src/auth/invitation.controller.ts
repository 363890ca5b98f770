import {
  Body,
  Controller,
  Get,
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
  redemptionSchema,
  sessionViewSchema,
} from '@palmares/shared/auth/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow, From } from './access.js';
import type { Caller } from './caller.js';
import { InvitationService } from './invitation.service.js';
import { keep, tokenOf } from './session-cookie.js';

const tokenSchema = z.string().max(100);
export const originOf = ({ protocol, host }: FastifyRequest) => `${protocol}://${host}`;

@ApiTags('invitations')
@Controller('api')
export class InvitationController {
  constructor(private readonly invitations: InvitationService) {}

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
    return this.invitations.issue(caller.organisationId, id, originOf(request));
  }

  @Get('invitations/:token')
  @Allow('invitation.accept')
  @ApiOperation({ summary: 'What the bearer of an invitation is invited to' })
  @ApiResponse({ status: 200, standardSchema: invitationViewSchema })
  @SerializeOptions({ schema: invitationViewSchema })
  view(@Param('token', { schema: tokenSchema }) token: string) {
    return this.invitations.view(token);
  }

  @Post('invitations/:token')
  @HttpCode(200)
  @Allow('invitation.accept')
  @ApiOperation({ summary: 'Accept an invitation and sign in' })
  @ApiResponse({ status: 200, standardSchema: sessionViewSchema })
  @SerializeOptions({ schema: sessionViewSchema })
  async redeem(
    @Param('token', { schema: tokenSchema }) token: string,
    @Body({ schema: redemptionSchema }) { password }: z.output<typeof redemptionSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const before = tokenOf(request);
    return keep(reply, await this.invitations.redeem(token, password, request.ip, before));
  }
}
