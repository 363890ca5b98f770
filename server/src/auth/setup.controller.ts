import { Body, Controller, HttpCode, Post, Req, Res, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  linkSchema,
  sessionViewSchema,
  setupSchema,
  type Link,
  type Setup,
} from '@palmares/shared/auth/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from './access.js';
import { SessionCookie } from './session-cookie.js';
import { SetupService } from './setup.service.js';

const setupLinkSchema = z.object({ expiresAt: z.iso.datetime() }).meta({ id: 'SetupLink' });

@ApiTags('setup')
@Controller('api/setup')
export class SetupController {
  constructor(
    private readonly setup: SetupService,
    private readonly cookie: SessionCookie,
  ) {}

  @Post('look')
  @HttpCode(200)
  @Allow('setup.begin')
  @ApiOperation({ summary: 'Whether a link still makes the first organisation' })
  @ApiResponse({ status: 200, standardSchema: setupLinkSchema })
  @SerializeOptions({ schema: setupLinkSchema })
  look(@Body({ schema: linkSchema }) { token }: Link) {
    return this.setup.view(token);
  }

  @Post()
  @HttpCode(201)
  @Allow('setup.begin')
  @ApiOperation({ summary: 'Make the first organisation and its admin, and sign in' })
  @ApiResponse({ status: 201, standardSchema: sessionViewSchema })
  @SerializeOptions({ schema: sessionViewSchema })
  async make(
    @Body({ schema: setupSchema }) given: Setup,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.cookie.keep(reply, await this.setup.make(given, this.cookie.visitor(request)));
  }
}
