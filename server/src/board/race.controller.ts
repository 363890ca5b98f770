import { Controller, Get, Param, Query, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { raceSchema } from '@palmares/shared/board/race';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { mayRead } from './board-access.js';
import { RaceViewService } from './race-view.service.js';

const querySchema = z.strictObject({ top: z.coerce.number().int().min(0).max(20).default(5) });

@ApiTags('challenges')
@Controller('api/challenges')
export class RaceController {
  constructor(private readonly races: RaceViewService) {}

  @Get(':id/race')
  @Allow('board.read')
  @ApiOperation({ summary: 'How the ranking came about, day by day: the best, and the caller' })
  @ApiResponse({ status: 200, standardSchema: raceSchema })
  @SerializeOptions({ schema: raceSchema })
  race(
    @From() caller: Caller,
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: querySchema }) { top }: z.output<typeof querySchema>,
  ) {
    return this.races.race(caller, mayRead(caller, id), top);
  }
}
