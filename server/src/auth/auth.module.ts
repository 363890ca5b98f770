import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { LiveModule } from '../live/live.module.js';
import { AccessGuard } from './access.guard.js';
import { AuthService } from './auth.service.js';
import { PersonService } from './person.service.js';

@Module({
  imports: [LiveModule],
  providers: [AuthService, PersonService, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [AuthService, PersonService],
})
export class AuthModule {}
