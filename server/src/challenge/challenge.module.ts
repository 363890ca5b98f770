import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { DisputeModule } from '../dispute/dispute.module.js';
import { KpiModule } from '../kpi/kpi.module.js';
import { LiveModule } from '../live/live.module.js';
import { PeopleModule } from '../people/people.module.js';
import { TargetModule } from '../target/target.module.js';
import { AddresseeModule } from './addressee.module.js';
import { ChallengeController } from './challenge.controller.js';
import { ChallengeService } from './challenge.service.js';
import { AmendmentService } from './amendment.service.js';
import { AuthorService } from './author.service.js';
import { CeilingService } from './ceiling.service.js';
import { CountersignService } from './countersign.service.js';
import { LaunchService } from './launch.service.js';
import { SignerService } from './signer.service.js';
import { SigningController } from './signing.controller.js';
import { CertificationService } from './certification.service.js';
import { LifeController } from './life.controller.js';
import { LifeService } from './life.service.js';
import { PayoutService } from './payout.service.js';
import { DifferenceService } from './difference.service.js';
import { PrizeController } from './prize.controller.js';
import { PrizeService } from './prize.service.js';
import { ProofController } from './proof.controller.js';
import { ProofService } from './proof.service.js';
import { FrozenService } from './frozen.service.js';
import { HavesService } from './haves.service.js';
import { LineupService } from './lineup.service.js';
import { ParticipantService } from './participant.service.js';
import { RaceService } from './race.service.js';
import { RescoreService } from './rescore.service.js';
import { ScoreService } from './score.service.js';
import { SightService } from './sight.service.js';
import { TermsController } from './terms.controller.js';
import { ReadingService } from './reading.service.js';
import { SteeringService } from './steering.service.js';
import { TermsService } from './terms.service.js';

@Module({
  imports: [
    ActivityModule,
    AddresseeModule,
    AuthModule,
    DisputeModule,
    PeopleModule,
    KpiModule,
    TargetModule,
    LedgerModule,
    LiveModule,
  ],
  controllers: [
    ChallengeController,
    LifeController,
    ProofController,
    TermsController,
    PrizeController,
    SigningController,
  ],
  providers: [
    AuthorService,
    CeilingService,
    CountersignService,
    LaunchService,
    SignerService,
    ChallengeService,
    FrozenService,
    ScoreService,
    RescoreService,
    HavesService,
    PayoutService,
    LifeService,
    CertificationService,
    DifferenceService,
    LineupService,
    ReadingService,
    SteeringService,
    ParticipantService,
    AmendmentService,
    PrizeService,
    ProofService,
    RaceService,
    SightService,
    TermsService,
  ],
  exports: [
    HavesService,
    LaunchService,
    ChallengeService,
    ScoreService,
    RaceService,
    PayoutService,
    PrizeService,
    CertificationService,
    LineupService,
    SteeringService,
    SightService,
    TermsService,
  ],
})
export class ChallengeModule {}
