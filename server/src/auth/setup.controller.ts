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
import { sessionViewSchema, setupSchema, type Setup } from '@palmares/shared/auth/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from './access.js';
import { keep, tokenOf } from './session-cookie.js';
import { SetupService } from './setup.service.js';

const tokenSchema = z.string().max(100);
const linkSchema = z.object({ expiresAt: z.iso.datetime() }).meta({ id: 'SetupLink' });

@ApiTags('setup')
@Controller('api/setup')
export class SetupController {
  constructor(private readonly setup: SetupService) {}

  @Get(':token')
  @Allow('setup.begin')
  @ApiOperation({ summary: 'Whether a link still makes the first organisation' })
  @ApiResponse({ status: 200, standardSchema: linkSchema })
  @SerializeOptions({ schema: linkSchema })
  view(@Param('token', { schema: tokenSchema }) token: string) {
    return this.setup.view(token);
  }

  @Post(':token')
  @HttpCode(201)
  @Allow('setup.begin')
  @ApiOperation({ summary: 'Make the first organisation and its admin, and sign in' })
  @ApiResponse({ status: 201, standardSchema: sessionViewSchema })
  @SerializeOptions({ schema: sessionViewSchema })
  async make(
    @Param('token', { schema: tokenSchema }) token: string,
    @Body({ schema: setupSchema }) given: Setup,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const from = { address: request.ip, before: tokenOf(request) };
    return keep(reply, await this.setup.make(token, given, from));
  }
}
