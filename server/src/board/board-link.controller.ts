import { Controller, Delete, Get, HttpCode, Param, Post, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { boardLinkViewSchema } from '@palmares/shared/auth/board-link';
import { challengeStatuses } from '@palmares/shared/challenge/challenge';
import { locales } from '@palmares/shared/people/organisation';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { BoardLinkService } from './board-link.service.js';

const idSchema = z.uuid();
const linkSchema = z
  .object({
    id: z.uuid(),
    token: z.string().meta({ description: 'bearer token; shown once' }),
    path: z.string().meta({ description: 'where a browser opens the board' }),
  })
  .meta({ id: 'BoardLink' });
const linksSchema = z
  .object({ items: z.array(boardLinkViewSchema), nextCursor: z.null() })
  .meta({ id: 'BoardLinks' });
const openedSchema = z
  .object({
    organisation: z.object({
      name: z.string(),
      locale: z.enum(locales),
      timeZone: z.string(),
      currency: z.string(),
    }),
    challenge: z.object({
      id: z.uuid(),
      name: z.string(),
      from: z.string(),
      to: z.string(),
      status: z.enum(challengeStatuses),
      rules: z.array(z.object({ fr: z.string(), en: z.string() })),
    }),
  })
  .meta({ id: 'OpenedBoardLink' });

@ApiTags('board links')
@Controller('api')
export class BoardLinkController {
  constructor(private readonly links: BoardLinkService) {}

  @Post('challenges/:id/board-links')
  @HttpCode(201)
  @Allow('board-link.manage')
  @ApiOperation({ summary: 'Make a link that shows a board without sign-in' })
  @ApiResponse({ status: 201, standardSchema: linkSchema })
  @SerializeOptions({ schema: linkSchema })
  create(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.links.create(caller, id);
  }

  @Get('challenges/:id/board-links')
  @Allow('board-link.manage')
  @ApiOperation({ summary: 'All links to a board, the latest first, with who made them' })
  @ApiResponse({ status: 200, standardSchema: linksSchema })
  @SerializeOptions({ schema: linksSchema })
  async list(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return { ...(await this.links.list(caller.organisationId, id)), nextCursor: null };
  }

  @Delete('board-links/:id')
  @HttpCode(204)
  @Allow('board-link.manage')
  @ApiOperation({ summary: 'Revoke a board link; who watches by it is shown out' })
  revoke(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.links.revoke(caller, id);
  }

  @Get('board-link')
  @Allow('board-link.open')
  @ApiOperation({ summary: 'What the bearer of a board link is looking at' })
  @ApiResponse({ status: 200, standardSchema: openedSchema })
  @SerializeOptions({ schema: openedSchema })
  open(@From() caller: Caller) {
    if (caller.kind !== 'board-link') throw new ProblemError('forbidden');
    return this.links.open(caller.organisationId, caller.challengeId);
  }
}
