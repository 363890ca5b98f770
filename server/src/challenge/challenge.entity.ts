import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { OrganisationEntity } from '../people/organisation.entity.js';

@Entity('challenge')
@Index('challenge_id_idx', ['id'])
@Index('challenge_asked_idx', ['organisationId'], { where: 'countersign_asked_at is not null' })
export class ChallengeEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'challenge_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'challenge_pkey' })
  id: string;

  /** As it was posted; what counts once launched is the frozen version. */
  @Column({ type: 'jsonb' })
  draft: object;

  /** The version that scores are computed by; null until launched. */
  @Column({ type: 'int', nullable: true })
  version: number | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'launched_at', type: 'timestamptz', nullable: true })
  launchedAt: Date | null;

  /** The last `seq` whose data counted. */
  @Column({ name: 'certified_seq', type: 'bigint', nullable: true })
  certifiedSeq: number | null;

  @Column({ name: 'certified_at', type: 'timestamptz', nullable: true })
  certifiedAt: Date | null;

  @Column({ name: 'cancelled_at', type: 'timestamptz', nullable: true })
  cancelledAt: Date | null;

  @Column({ name: 'cancel_reason', type: 'text', nullable: true })
  cancelReason: string | null;

  /** The day up to which the board knows who has left. */
  @Column({ name: 'left_by', type: 'date', nullable: true })
  leftBy: string | null;

  /** Its scores were made by an earlier release and have to be made anew. */
  @Column({ type: 'boolean', default: false })
  outdated: boolean;

  /** Since when a launch beyond the ceilings waits for a countersignature. */
  @Column({ name: 'countersign_asked_at', type: 'timestamptz', nullable: true })
  countersignAskedAt: Date | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'challenge_organisation_fkey' })
  organisation: Relation<OrganisationEntity>;
}
