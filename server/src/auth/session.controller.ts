import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Post,
  Put,
  Req,
  Res,
  SerializeOptions,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  credentialsSchema,
  passwordChangeSchema,
  pickSchema,
  sessionViewSchema,
  type Credentials,
  type PasswordChange,
  type Pick,
} from '@palmares/shared/auth/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, From } from './access.js';
import type { SignedIn } from './caller.js';
import { SessionCookie } from './session-cookie.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';

@ApiTags('session')
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly door: SignInService,
    private readonly cookie: SessionCookie,
  ) {}

  @Post()
  @HttpCode(200)
  @Allow('session.open')
  @ApiOperation({ summary: 'Sign in; the session is kept in a cookie' })
  @ApiResponse({ status: 200, standardSchema: sessionViewSchema })
  @SerializeOptions({ schema: sessionViewSchema })
  async signIn(
    @Body({ schema: credentialsSchema }) given: Credentials,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.cookie.keep(reply, await this.door.signIn(given, this.cookie.visitor(request)));
  }

  @Get()
  @Allow('session.own')
  @ApiOperation({ summary: 'Who is signed in, where they may go and where they are' })
  @ApiResponse({ status: 200, standardSchema: sessionViewSchema })
  @SerializeOptions({ schema: sessionViewSchema })
  view(@From() caller: SignedIn) {
    return this.sessions.view(caller.sessionId);
  }

  @Delete()
  @HttpCode(204)
  @Allow('session.own')
  @ApiOperation({ summary: 'Sign out' })
  async signOut(@From() caller: SignedIn, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.sessions.end(caller);
    this.cookie.forget(reply);
  }

  @Put('organisation')
  @Allow('session.own')
  @ApiOperation({ summary: 'Enter an organisation' })
  @ApiResponse({ status: 200, standardSchema: sessionViewSchema })
  @SerializeOptions({ schema: sessionViewSchema })
  async pick(
    @From() caller: SignedIn,
    @Body({ schema: pickSchema }) { organisationId }: Pick,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.cookie.keep(reply, await this.sessions.pick(caller, organisationId));
  }

  @Post('password')
  @HttpCode(204)
  @Allow('session.own')
  @ApiOperation({ summary: 'Choose another password; sessions elsewhere end' })
  async changePassword(
    @From() caller: SignedIn,
    @Body({ schema: passwordChangeSchema }) change: PasswordChange,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visitor = this.cookie.visitor(request);
    this.cookie.keep(reply, await this.door.changePassword(caller, change, visitor));
  }
}
