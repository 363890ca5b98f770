import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { boardSchema } from '@palmares/shared/board/board';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { sendReady } from '../http/conditional.js';
import { mayRead } from './board-access.js';
import { boardQuerySchema } from './board-query.js';
import { BoardService } from './board.service.js';

@ApiTags('challenges')
@Controller('api/challenges')
export class BoardController {
  constructor(private readonly boards: BoardService) {}

  @Get(':id/board')
  @Allow('board.read')
  @ApiOperation({ summary: 'The ranking of a challenge' })
  @ApiResponse({ status: 200, standardSchema: boardSchema })
  @ApiResponse({ status: 304, description: 'As it was under this `If-None-Match`' })
  board(
    @From() caller: Caller,
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: boardQuerySchema }) query: z.output<typeof boardQuerySchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { limit, offset, asOf } = query;
    const page = {
      limit,
      offset,
      asOf: typeof asOf === 'string' ? new Date(asOf) : asOf,
      aroundMe: query.around === 'me',
    };
    return sendReady(request, reply, this.boards.board(caller, mayRead(caller, id), page));
  }
}
