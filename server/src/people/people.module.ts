import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.js';
import { ManagementService } from './management.service.js';
import { MemberController } from './member.controller.js';
import { MemberService } from './member.service.js';
import { OrganisationController } from './organisation.controller.js';
import { OrganisationService } from './organisation.service.js';
import { PeopleService } from './people.service.js';
import { PresenceService } from './presence.service.js';
import { ProvenanceService } from './provenance.service.js';
import { TeamController } from './team.controller.js';
import { TeamService } from './team.service.js';

@Module({
  imports: [LiveModule],
  controllers: [MemberController, TeamController, OrganisationController],
  providers: [
    PeopleService,
    MemberService,
    PresenceService,
    TeamService,
    ManagementService,
    OrganisationService,
    ProvenanceService,
  ],
  exports: [
    PeopleService,
    MemberService,
    OrganisationService,
    PresenceService,
    TeamService,
    ManagementService,
    ProvenanceService,
  ],
})
export class PeopleModule {}
