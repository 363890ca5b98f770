import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a launch froze; never changed. */
@Entity('challenge_version')
export class ChallengeVersionEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'challenge_version_pkey',
  })
  organisationId: string;

  @PrimaryColumn({
    name: 'challenge_id',
    type: 'uuid',
    primaryKeyConstraintName: 'challenge_version_pkey',
  })
  challengeId: string;

  @PrimaryColumn({ type: 'int', primaryKeyConstraintName: 'challenge_version_pkey' })
  version: number;

  @Column({ type: 'jsonb' })
  definition: object;

  @Column({ type: 'bigint' })
  seq: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
