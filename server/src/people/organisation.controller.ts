import { Body, Controller, Get, Patch, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  settingsChangeSchema,
  settingsViewSchema,
  type SettingsChange,
} from '@palmares/shared/people/organisation-settings';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { OrganisationService } from './organisation.service.js';

@ApiTags('people')
@Controller('api/organisation')
export class OrganisationController {
  constructor(private readonly organisations: OrganisationService) {}

  @Get()
  @Allow('settings.read')
  @ApiOperation({ summary: 'The settings of one’s own organisation' })
  @ApiResponse({ status: 200, standardSchema: settingsViewSchema })
  @SerializeOptions({ schema: settingsViewSchema })
  settings(@From() caller: Caller) {
    return this.organisations.settings(caller.organisationId);
  }

  @Patch()
  @Allow('settings.change')
  @ApiOperation({ summary: 'Change settings; time zone and currency are for good' })
  @ApiResponse({ status: 200, standardSchema: settingsViewSchema })
  @SerializeOptions({ schema: settingsViewSchema })
  async change(
    @From() caller: Caller,
    @Body({ schema: settingsChangeSchema }) change: SettingsChange,
  ) {
    await this.organisations.change(caller.organisationId, change);
    return this.organisations.settings(caller.organisationId);
  }
}
