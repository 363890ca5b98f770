import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  SerializeOptions,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  teamChangeSchema,
  teamInputSchema,
  teamViewSchema,
  type TeamChange,
  type TeamInput,
} from '@palmares/shared/people/team';
import { textSchema } from '@palmares/shared/quantity/text';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { chargeOf } from './member-access.js';
import { TeamService } from './team.service.js';

const idSchema = z.uuid().toLowerCase();
const pageSchema = z
  .object({ items: z.array(teamViewSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'TeamPage' });
const listSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  cursor: z.uuid().optional(),
  search: textSchema(200).optional().meta({ description: 'a part of the name or external id' }),
  parentId: idSchema.optional().meta({ description: 'right below this team' }),
  managerId: idSchema.optional().meta({ description: 'managed by this member today' }),
});

@ApiTags('people')
@Controller('api/teams')
export class TeamController {
  constructor(private readonly teams: TeamService) {}

  @Get()
  @Allow('team.read')
  @ApiOperation({ summary: 'List teams by name, with their managers' })
  @ApiResponse({ status: 200, standardSchema: pageSchema })
  @SerializeOptions({ schema: pageSchema })
  list(@From() caller: Caller, @Query({ schema: listSchema }) query: z.output<typeof listSchema>) {
    return this.teams.list(caller.organisationId, query);
  }

  @Post()
  @HttpCode(201)
  @Allow('team.manage')
  @ApiOperation({ summary: 'Add a team; its managers get the role of a manager' })
  @ApiResponse({ status: 201, standardSchema: teamViewSchema })
  @SerializeOptions({ schema: teamViewSchema })
  async create(@From() caller: Caller, @Body({ schema: teamInputSchema }) input: TeamInput) {
    const id = await this.teams.create(caller.organisationId, input, chargeOf(caller));
    return this.teams.view(caller.organisationId, id);
  }

  @Get(':id')
  @Allow('team.read')
  @ApiOperation({ summary: 'One team' })
  @ApiResponse({ status: 200, standardSchema: teamViewSchema })
  @SerializeOptions({ schema: teamViewSchema })
  one(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.teams.view(caller.organisationId, id);
  }

  @Patch(':id')
  @Allow('team.manage')
  @ApiOperation({ summary: 'Change a team: what is not named stays' })
  @ApiResponse({ status: 200, standardSchema: teamViewSchema })
  @SerializeOptions({ schema: teamViewSchema })
  async change(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: teamChangeSchema }) change: TeamChange,
  ) {
    await this.teams.change(caller.organisationId, id, change, chargeOf(caller));
    return this.teams.view(caller.organisationId, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('team.manage')
  @ApiOperation({ summary: 'Remove a team that nobody was ever in, and no team is below' })
  async remove(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    await this.teams.remove(caller.organisationId, id, chargeOf(caller));
  }
}
