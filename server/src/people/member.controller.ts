import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  SerializeOptions,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  memberChangeSchema,
  memberInputSchema,
  memberStatuses,
  memberSummarySchema,
  memberViewSchema,
  roles,
  type MemberChange,
  type MemberInput,
} from '@palmares/shared/people/member';
import { presenceInputSchema, type PresenceInput } from '@palmares/shared/people/presence';
import { textSchema } from '@palmares/shared/quantity/text';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { chargeOf } from './member-access.js';
import { MemberService } from './member.service.js';
import { PeopleService } from './people.service.js';
import { PresenceService } from './presence.service.js';

const idSchema = z.uuid().toLowerCase();
const pageSchema = z
  .object({ items: z.array(memberSummarySchema), nextCursor: z.string().nullable() })
  .meta({ id: 'MemberPage' });
const listSchema = z.strictObject({
  search: textSchema(200).optional(),
  teamId: idSchema.optional(),
  role: z.enum(roles).optional(),
  status: z.enum(memberStatuses).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.uuid().optional(),
});

@ApiTags('people')
@Controller('api/members')
export class MemberController {
  constructor(
    private readonly people: PeopleService,
    private readonly members: MemberService,
    private readonly presence: PresenceService,
  ) {}

  @Get()
  // Who looks after points has to find whose they are.
  @Allow('member.list')
  @ApiOperation({ summary: 'List members by name; a team with the teams below it' })
  @ApiResponse({ status: 200, standardSchema: pageSchema })
  @SerializeOptions({ schema: pageSchema })
  list(@From() caller: Caller, @Query({ schema: listSchema }) query: z.output<typeof listSchema>) {
    return this.members.list(caller, query);
  }

  @Post()
  @HttpCode(201)
  @Allow('member.manage')
  @ApiOperation({ summary: 'Add a member; nobody is invited by it' })
  @ApiResponse({ status: 201, standardSchema: memberViewSchema })
  @SerializeOptions({ schema: memberViewSchema })
  async create(@From() caller: Caller, @Body({ schema: memberInputSchema }) input: MemberInput) {
    const id = await this.people.createMember(caller.organisationId, input, chargeOf(caller));
    return this.members.view(caller.organisationId, id);
  }

  @Get(':id')
  @Allow('member.read')
  @ApiOperation({ summary: 'One member, with dated teams and presence' })
  @ApiResponse({ status: 200, standardSchema: memberViewSchema })
  @SerializeOptions({ schema: memberViewSchema })
  one(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.members.viewFor(caller, id);
  }

  @Patch(':id')
  @Allow('member.manage')
  @ApiOperation({ summary: 'Change a member: what is not named stays, teams replaces all' })
  @ApiResponse({ status: 200, standardSchema: memberViewSchema })
  @SerializeOptions({ schema: memberViewSchema })
  async change(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: memberChangeSchema }) change: MemberChange,
  ) {
    await this.members.change(caller.organisationId, id, change, chargeOf(caller));
    return this.members.view(caller.organisationId, id);
  }

  @Put(':id/presence')
  @Allow('member.manage')
  @ApiOperation({ summary: 'Say when a member is there: entry, leaving, work rates, absences' })
  @ApiResponse({ status: 200, standardSchema: memberViewSchema })
  @SerializeOptions({ schema: memberViewSchema })
  async replacePresence(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: presenceInputSchema }) presence: PresenceInput,
  ) {
    await this.presence.replace(caller.organisationId, id, presence, chargeOf(caller));
    return this.members.view(caller.organisationId, id);
  }
}
