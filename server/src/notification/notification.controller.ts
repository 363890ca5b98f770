import { Controller, Get, HttpCode, Param, Post, Query, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { notificationSchema } from '@palmares/shared/notification/notification';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { MemberCaller } from '../auth/caller.js';
import { NotificationService } from './notification.service.js';

const querySchema = z.strictObject({
  unread: z.stringbool().default(false),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.uuid().optional(),
});
const pageSchema = z
  .object({
    items: z.array(notificationSchema),
    unread: z.int().meta({ description: 'how many are unread, on any page' }),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'NotificationPage' });

@ApiTags('notifications')
@Controller('api/notifications')
@Allow('notification.own')
export class NotificationController {
  constructor(private readonly notifications: NotificationService) {}

  @Get()
  @ApiOperation({ summary: 'What the product tells me, newest first' })
  @ApiResponse({ status: 200, standardSchema: pageSchema })
  @SerializeOptions({ schema: pageSchema })
  list(
    @From() caller: MemberCaller,
    @Query({ schema: querySchema }) query: z.output<typeof querySchema>,
  ) {
    return this.notifications.list(caller.organisationId, caller.memberId, query);
  }

  @Post(':id/read')
  @HttpCode(204)
  @ApiOperation({ summary: 'I have read it' })
  read(@From() caller: MemberCaller, @Param('id', { schema: z.uuid() }) id: string) {
    return this.notifications.read(caller.organisationId, caller.memberId, id);
  }
}
