import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { ChallengeEntity } from './challenge.entity.js';

/** By how much a launch or an amendment raised what a challenge may cost, for the ceilings. */
@Entity('challenge_commitment')
@Index('challenge_commitment_day_idx', ['organisationId', 'day'])
export class ChallengeCommitmentEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'challenge_commitment_pkey',
  })
  organisationId: string;

  @PrimaryColumn({
    name: 'challenge_id',
    type: 'uuid',
    primaryKeyConstraintName: 'challenge_commitment_pkey',
  })
  challengeId: string;

  @PrimaryColumn({ type: 'int', primaryKeyConstraintName: 'challenge_commitment_pkey' })
  version: number;

  /** The local day of the launch or the amendment. */
  @Column({ type: 'date' })
  day: string;

  @Column({ type: 'bigint' })
  points: number;

  @ManyToOne(() => ChallengeEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'organisation_id',
      referencedColumnName: 'organisationId',
      foreignKeyConstraintName: 'challenge_commitment_challenge_fkey',
    },
    {
      name: 'challenge_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'challenge_commitment_challenge_fkey',
    },
  ])
  challenge: Relation<ChallengeEntity>;
}
