import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { HttpModule } from '../http/http.module.js';
import { LiveModule } from '../live/live.module.js';
import { PeopleModule } from '../people/people.module.js';
import { AccessGuard } from './access.guard.js';
import { ApiKeyController } from './api-key.controller.js';
import { AuthService } from './auth.service.js';
import { ClosingService } from './closing.service.js';
import { DemoGate } from './demo-gate.js';
import { DeviceService } from './device.service.js';
import { DoorLog } from './door-log.js';
import { Door } from './door.js';
import { InvitationController } from './invitation.controller.js';
import { InvitationService } from './invitation.service.js';
import { OrganisationController } from './organisation.controller.js';
import { OrganisationPublisher } from './organisation.publisher.js';
import { OrganisationService } from './organisation.service.js';
import { OwnSessionController } from './own-session.controller.js';
import { OwnSessionService } from './own-session.service.js';
import { PersonService } from './person.service.js';
import { RememberedService } from './remembered.service.js';
import { SessionCookie } from './session-cookie.js';
import { SessionController } from './session.controller.js';
import { SessionService } from './session.service.js';
import { SetupController } from './setup.controller.js';
import { SetupService } from './setup.service.js';
import { SignInService } from './sign-in.service.js';
import { ThrottleService } from './throttle.service.js';

@Module({
  imports: [HttpModule, LiveModule, PeopleModule],
  controllers: [
    SessionController,
    InvitationController,
    ApiKeyController,
    OrganisationController,
    OwnSessionController,
    SetupController,
  ],
  providers: [
    AuthService,
    ClosingService,
    DemoGate,
    DeviceService,
    Door,
    DoorLog,
    InvitationService,
    OrganisationPublisher,
    OrganisationService,
    OwnSessionService,
    PersonService,
    RememberedService,
    SessionCookie,
    SessionService,
    SetupService,
    SignInService,
    ThrottleService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AuthService, ClosingService, DemoGate, PersonService, RememberedService, SignInService],
})
export class AuthModule {}
