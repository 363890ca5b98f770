import { Module } from '@nestjs/common';
import { IntakeModule } from '../intake/intake.module.js';
import { PeopleModule } from '../people/people.module.js';
import { TargetModule } from '../target/target.module.js';
import { ImportController } from './import.controller.js';
import { ImportDesk } from './import-desk.js';
import { ImportPlanner } from './import-planner.js';
import { ImportRecorder } from './import-recorder.js';
import { ImportRunner } from './import-runner.js';
import { ImportService } from './import.service.js';
import { ImportUndoService } from './import-undo.service.js';
import { MappingController } from './mapping.controller.js';
import { MappingService } from './mapping.service.js';
import { MemberImportController } from './member-import.controller.js';

@Module({
  imports: [IntakeModule, PeopleModule, TargetModule],
  controllers: [ImportController, MappingController, MemberImportController],
  providers: [
    ImportDesk,
    ImportService,
    ImportUndoService,
    ImportPlanner,
    ImportRecorder,
    ImportRunner,
    MappingService,
  ],
  exports: [ImportService, ImportUndoService, MappingService],
})
export class ImportModule {}
