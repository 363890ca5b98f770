import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { BackupModule } from './backup/backup.module.js';
import { BoardModule } from './board/board.module.js';
import { ChallengeModule } from './challenge/challenge.module.js';
import { DemoModule } from './demo/demo.module.js';
import { DisputeModule } from './dispute/dispute.module.js';
import { HttpModule } from './http/http.module.js';
import { ImportModule } from './import/import.module.js';
import { IntakeModule } from './intake/intake.module.js';
import { KpiModule } from './kpi/kpi.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { LiveModule } from './live/live.module.js';
import { NotificationModule } from './notification/notification.module.js';
import { PeopleModule } from './people/people.module.js';
import { TargetModule } from './target/target.module.js';
import { PlatformModule, type Surroundings } from './platform/platform.module.js';

const rooms = [
  HttpModule,
  LiveModule,
  AuthModule,
  AuditModule,
  PeopleModule,
  KpiModule,
  TargetModule,
  LedgerModule,
  ChallengeModule,
  DisputeModule,
  BoardModule,
  NotificationModule,
  IntakeModule,
  ImportModule,
  BackupModule,
  DemoModule,
];

@Module({})
export class AppModule {
  static with(surroundings: Surroundings): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.with(surroundings), ...rooms] };
  }
}
