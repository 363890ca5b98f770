import { Module } from '@nestjs/common';
import { IntakeModule } from '../intake/intake.module.js';
import { PeopleModule } from '../people/people.module.js';
import { ImportService } from './import.service.js';

@Module({
  imports: [IntakeModule, PeopleModule],
  providers: [ImportService],
  exports: [ImportService],
})
export class ImportModule {}
