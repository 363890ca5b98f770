import { Controller, Get, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { MemberCaller } from '../auth/caller.js';
import { UpcomingService } from './upcoming.service.js';

const upcomingSchema = z
  .object({
    items: z.array(
      z.object({
        challengeId: z.uuid(),
        name: z.string(),
        rank: z.int().nullable(),
        points: z.int(),
        prizes: z.array(z.string()),
      }),
    ),
    nextCursor: z.null(),
  })
  .meta({ id: 'Upcoming', description: 'what the running challenges would give as they stand' });

@ApiTags('points')
@Controller('api/wallet')
export class UpcomingController {
  constructor(private readonly upcoming: UpcomingService) {}

  @Get('upcoming')
  @Allow('wallet.own')
  @ApiOperation({ summary: 'What is to come: points and gifts of running challenges' })
  @ApiResponse({ status: 200, standardSchema: upcomingSchema })
  @SerializeOptions({ schema: upcomingSchema })
  async list(@From() { organisationId, memberId }: MemberCaller) {
    return { ...(await this.upcoming.list(organisationId, memberId)), nextCursor: null };
  }
}
