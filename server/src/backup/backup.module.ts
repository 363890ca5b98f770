import { Module } from '@nestjs/common';
import { IntakeModule } from '../intake/intake.module.js';
import { PeopleModule } from '../people/people.module.js';
import { BackupService } from './backup.service.js';

@Module({
  imports: [IntakeModule, PeopleModule],
  providers: [BackupService],
  exports: [BackupService],
})
export class BackupModule {}
