import { Controller, Get, Param, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { placeSchema } from '@palmares/shared/board/position';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { BOARD_ACCESS, mayRead } from './board-access.js';
import { PlaceService } from './place.service.js';

const answerSchema = z
  .object({ place: placeSchema.nullable().meta({ description: 'null: takes no part' }) })
  .meta({ id: 'OwnPlace' });

@ApiTags('challenges')
@Controller('api/challenges')
export class PlaceController {
  constructor(private readonly places: PlaceService) {}

  @Get(':id/place')
  @Allow(BOARD_ACCESS)
  @ApiOperation({ summary: 'Where the caller stands, and what lies between them and the next' })
  @ApiResponse({ status: 200, standardSchema: answerSchema })
  @SerializeOptions({ schema: answerSchema })
  place(@From() caller: Caller, @Param('id', { schema: z.uuid() }) id: string) {
    return this.places.place(caller, mayRead(caller, id));
  }
}
