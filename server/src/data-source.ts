import { DataSource } from 'typeorm';
import { ActivityEntity } from './activity/activity.entity.js';
import { FreshnessEntity } from './activity/freshness.entity.js';
import { UndoneImportEntity } from './activity/undone-import.entity.js';
import { VerdictEntity } from './activity/verdict.entity.js';
import { WaitingEntity } from './activity/waiting.entity.js';
import { AuditEntryEntity } from './audit/audit-entry.entity.js';
import { ApiKeyEntity } from './auth/api-key.entity.js';
import { BoardLinkEntity } from './auth/board-link.entity.js';
import { InstallationEntity } from './auth/installation.entity.js';
import { InvitationEntity } from './auth/invitation.entity.js';
import { SessionEntity } from './auth/session.entity.js';
import { SetupLinkEntity } from './auth/setup-link.entity.js';
import { ThrottleEntity } from './auth/throttle.entity.js';
import { AwardEntity } from './challenge/award.entity.js';
import { CertificationSignatureEntity } from './challenge/certification-signature.entity.js';
import { FrozenNumberEntity } from './challenge/frozen-number.entity.js';
import { ScoreChangeEntity } from './challenge/score-change.entity.js';
import { ScoreEntity } from './challenge/score.entity.js';
import { CeilingEntity } from './challenge/ceiling.entity.js';
import { ChallengeAuthorEntity } from './challenge/challenge-author.entity.js';
import { ChallengeCommitmentEntity } from './challenge/challenge-commitment.entity.js';
import { ChallengeEntity } from './challenge/challenge.entity.js';
import { ChallengeVersionEntity } from './challenge/challenge-version.entity.js';
import { TermsAcknowledgementEntity } from './challenge/terms-acknowledgement.entity.js';
import { TermsVersionEntity } from './challenge/terms-version.entity.js';
import { TermsEntity } from './challenge/terms.entity.js';
import { DemoEntity } from './demo/demo.entity.js';
import { DisputeEntity } from './dispute/dispute.entity.js';
import { CommandAnswerEntity } from './http/command-answer.entity.js';
import { ImportChunkEntity } from './import/import-chunk.entity.js';
import { ImportMappingEntity } from './import/import-mapping.entity.js';
import { ImportRefusalEntity } from './import/import-refusal.entity.js';
import { ImportEntity } from './import/import.entity.js';
import { KpiDefinitionEntity } from './kpi/kpi-definition.entity.js';
import { MeasureDayEntity } from './kpi/measure-day.entity.js';
import { MeasureEntity } from './kpi/measure.entity.js';
import { BudgetEntity } from './ledger/budget.entity.js';
import { LotMovementEntity } from './ledger/lot-movement.entity.js';
import { LotEntity } from './ledger/lot.entity.js';
import { PointsCurrencyEntity } from './ledger/points-currency.entity.js';
import { PostingEntity } from './ledger/posting.entity.js';
import { WalletEntity } from './ledger/wallet.entity.js';
import { Skeleton1790000000000 } from './migrations/1790000000000-skeleton.js';
import { People1790100000000 } from './migrations/1790100000000-people.js';
import { Session1790150000000 } from './migrations/1790150000000-session.js';
import { Import1790200000000 } from './migrations/1790200000000-import.js';
import { ImportReferences1790210000000 } from './migrations/1790210000000-import-references.js';
import { Kpi1790300000000 } from './migrations/1790300000000-kpi.js';
import { ShareOf1790310000000 } from './migrations/1790310000000-share-of.js';
import { Ledger1790400000000 } from './migrations/1790400000000-ledger.js';
import { Rules1790500000000 } from './migrations/1790500000000-rules.js';
import { Life1790600000000 } from './migrations/1790600000000-life.js';
import { History1791000000000 } from './migrations/1791000000000-history.js';
import { Demo1791200000000 } from './migrations/1791200000000-demo.js';
import { Setup1791210000000 } from './migrations/1791210000000-setup.js';
import { TeamAwards1791300000000 } from './migrations/1791300000000-team-awards.js';
import { BoardLinks1791400000000 } from './migrations/1791400000000-board-links.js';
import { OwnTypes1791500000000 } from './migrations/1791500000000-own-types.js';
import { InvitationEmail1791700000000 } from './migrations/1791700000000-invitation-email.js';
import { AdminVerdicts1791920000000 } from './migrations/1791920000000-admin-verdicts.js';
import { ImportSigners1791910000000 } from './migrations/1791910000000-import-signers.js';
import { KeyMakers1791900000000 } from './migrations/1791900000000-key-makers.js';
import { Sessions1791710000000 } from './migrations/1791710000000-sessions.js';
import { ExactScores1792200000000 } from './migrations/1792200000000-exact-scores.js';
import { Signatures1791600000000 } from './migrations/1791600000000-signatures.js';
import { Teams1790900000000 } from './migrations/1790900000000-teams.js';
import { Terms1790800000000 } from './migrations/1790800000000-terms.js';
import { NotificationEntity } from './notification/notification.entity.js';
import { AbsenceEntity } from './people/absence.entity.js';
import { HolidayEntity } from './people/holiday.entity.js';
import { MomentEntity } from './people/moment.entity.js';
import { MemberEntity } from './people/member.entity.js';
import { OrganisationEntity } from './people/organisation.entity.js';
import { PersonEntity } from './people/person.entity.js';
import { ProvenanceEntity } from './people/provenance.entity.js';
import { SequenceEntity } from './people/sequence.entity.js';
import { ManagementEntity } from './people/management.entity.js';
import { MembershipEntity } from './people/membership.entity.js';
import { TeamEntity } from './people/team.entity.js';
import { WorkRateEntity } from './people/work-rate.entity.js';
import { TargetEntity } from './target/target.entity.js';
import { types } from './platform/database.js';

/** How to reach PostgreSQL: a URL, or the socket directory of the embedded one. */
export type DatabaseAddress =
  | { url: string }
  | { host: string; port: number; user: string; database: string; password: string | undefined };

export const entities = [
  OrganisationEntity,
  SequenceEntity,
  PersonEntity,
  MemberEntity,
  TeamEntity,
  MembershipEntity,
  ManagementEntity,
  WorkRateEntity,
  AbsenceEntity,
  HolidayEntity,
  InstallationEntity,
  ApiKeyEntity,
  BoardLinkEntity,
  SessionEntity,
  SetupLinkEntity,
  InvitationEntity,
  ProvenanceEntity,
  ThrottleEntity,
  ActivityEntity,
  WaitingEntity,
  VerdictEntity,
  FreshnessEntity,
  UndoneImportEntity,
  ImportEntity,
  ImportChunkEntity,
  ImportRefusalEntity,
  ImportMappingEntity,
  KpiDefinitionEntity,
  TargetEntity,
  MeasureEntity,
  MeasureDayEntity,
  CeilingEntity,
  ChallengeEntity,
  ChallengeAuthorEntity,
  ChallengeCommitmentEntity,
  ChallengeVersionEntity,
  ScoreEntity,
  ScoreChangeEntity,
  PointsCurrencyEntity,
  WalletEntity,
  BudgetEntity,
  PostingEntity,
  LotEntity,
  LotMovementEntity,
  CommandAnswerEntity,
  FrozenNumberEntity,
  AwardEntity,
  CertificationSignatureEntity,
  MomentEntity,
  TermsEntity,
  TermsVersionEntity,
  TermsAcknowledgementEntity,
  DisputeEntity,
  NotificationEntity,
  DemoEntity,
  AuditEntryEntity,
];

export const migrations = [
  Skeleton1790000000000,
  People1790100000000,
  Session1790150000000,
  Import1790200000000,
  ImportReferences1790210000000,
  Kpi1790300000000,
  ShareOf1790310000000,
  Ledger1790400000000,
  Rules1790500000000,
  Life1790600000000,
  Teams1790900000000,
  Terms1790800000000,
  History1791000000000,
  Demo1791200000000,
  Setup1791210000000,
  TeamAwards1791300000000,
  BoardLinks1791400000000,
  OwnTypes1791500000000,
  InvitationEmail1791700000000,
  Sessions1791710000000,
  KeyMakers1791900000000,
  ImportSigners1791910000000,
  AdminVerdicts1791920000000,
  ExactScores1792200000000,
  Signatures1791600000000,
];

/**
 * A statement is planned for the tables as they are at that moment. A plan made once, when a table
 * was still small, and kept for the life of a connection was seen to be 50 times slower later.
 * Instants come in UTC, whatever the zone of the database: as JSON they have the offset of its
 * zone, and before there were whole minutes (Amsterdam until 1937) no reader here knows that.
 */
const SETTINGS = '-c plan_cache_mode=force_custom_plan -c jit=off -c TimeZone=UTC';

export function createDataSource(address: DatabaseAddress, poolSize: number): DataSource {
  const reach = 'url' in address ? { url: address.url } : { ...address, username: address.user };
  return new DataSource({
    type: 'postgres',
    ...reach,
    entities,
    migrations,
    migrationsTableName: 'migration',
    poolSize,
    extra: { types, pipeline: true, application_name: 'palmares', options: SETTINGS },
  });
}
