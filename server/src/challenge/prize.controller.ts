import { Controller, Get, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { MemberCaller } from '../auth/caller.js';
import { PrizeService } from './prize.service.js';

const wonSchema = z
  .object({
    items: z.array(
      z.object({
        challengeId: z.uuid(),
        name: z.string(),
        prize: z.string(),
        teamId: z.uuid().nullable().meta({ description: 'the team that won it' }),
        wonAt: z.iso.datetime(),
      }),
    ),
    nextCursor: z.null(),
  })
  .meta({ id: 'WonPrizes', description: 'gifts of certified challenges, the latest first' });

@ApiTags('points')
@Controller('api/wallet')
export class PrizeController {
  constructor(private readonly prizes: PrizeService) {}

  @Get('prizes')
  @Allow('wallet.own')
  @ApiOperation({ summary: 'The gifts that were won' })
  @ApiResponse({ status: 200, standardSchema: wonSchema })
  @SerializeOptions({ schema: wonSchema })
  async list(@From() { organisationId, memberId }: MemberCaller) {
    return { ...(await this.prizes.list(organisationId, memberId)), nextCursor: null };
  }
}
