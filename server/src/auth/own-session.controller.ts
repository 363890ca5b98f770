import { Controller, Delete, Get, HttpCode, Param, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ownSessionsSchema } from '@palmares/shared/auth/own-session';
import { z } from 'zod';
import { Allow, From } from './access.js';
import type { Caller, SignedIn } from './caller.js';
import { OwnSessionService } from './own-session.service.js';

const idSchema = z.uuid().toLowerCase();

@ApiTags('session')
@Controller('api')
export class OwnSessionController {
  constructor(private readonly sessions: OwnSessionService) {}

  @Get('session/sessions')
  @Allow('session.own')
  @ApiOperation({ summary: 'Where one is signed in; the session that asks comes first' })
  @ApiResponse({ status: 200, standardSchema: ownSessionsSchema })
  @SerializeOptions({ schema: ownSessionsSchema })
  async list(@From() caller: SignedIn) {
    return { items: await this.sessions.list(caller), nextCursor: null };
  }

  @Delete('session/sessions')
  @HttpCode(204)
  @Allow('session.own')
  @ApiOperation({ summary: 'End every session of one’s own but this one' })
  endOthers(@From() caller: SignedIn) {
    return this.sessions.endOthers(caller);
  }

  @Delete('session/sessions/:id')
  @HttpCode(204)
  @Allow('session.own')
  @ApiOperation({ summary: 'End one of one’s own sessions' })
  end(@From() caller: SignedIn, @Param('id', { schema: idSchema }) id: string) {
    return this.sessions.end(caller, id);
  }

  @Delete('members/:id/sessions')
  @HttpCode(204)
  @Allow('session.end')
  @ApiOperation({ summary: 'End the sessions of a member in this organisation' })
  endOfMember(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.sessions.endOfMember(caller.organisationId, id);
  }
}
