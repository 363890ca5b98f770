import { Controller, Get, Param, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ownPlaceSchema } from '@palmares/shared/board/position';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { mayRead } from './board-access.js';
import { PlaceService } from './place.service.js';
import { WinningsService } from './winnings.service.js';

const winningsSchema = z
  .object({
    winnings: z
      .object({ points: z.int(), prizes: z.array(z.string()) })
      .nullable()
      .meta({ description: 'null: takes no part' }),
  })
  .meta({ id: 'OwnWinnings', description: 'of what a team wins, the caller’s own part' });

@ApiTags('challenges')
@Controller('api/challenges')
export class PlaceController {
  constructor(
    private readonly places: PlaceService,
    private readonly own: WinningsService,
  ) {}

  @Get(':id/place')
  @Allow('board.read')
  @ApiOperation({ summary: 'Where the caller stands, and what lies between them and the next' })
  @ApiResponse({ status: 200, standardSchema: ownPlaceSchema })
  @SerializeOptions({ schema: ownPlaceSchema })
  place(@From() caller: Caller, @Param('id', { schema: z.uuid() }) id: string) {
    return this.places.place(caller, mayRead(caller, id));
  }

  @Get(':id/winnings')
  @Allow('board.read')
  @ApiOperation({ summary: 'What it gave the caller, or would give if it ended as it stands' })
  @ApiResponse({ status: 200, standardSchema: winningsSchema })
  @SerializeOptions({ schema: winningsSchema })
  winnings(@From() caller: Caller, @Param('id', { schema: z.uuid() }) id: string) {
    return this.own.winnings(caller, mayRead(caller, id));
  }
}
