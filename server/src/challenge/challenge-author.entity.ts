import { Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ChallengeEntity } from './challenge.entity.js';

/** Who drafted, changed, launched or amended a challenge. */
@Entity('challenge_author')
export class ChallengeAuthorEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'challenge_author_pkey',
  })
  organisationId: string;

  @PrimaryColumn({
    name: 'challenge_id',
    type: 'uuid',
    primaryKeyConstraintName: 'challenge_author_pkey',
  })
  challengeId: string;

  /** As in the audit: `member:<id>`, `key:<id>`, `system`. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'challenge_author_pkey' })
  actor: string;

  @ManyToOne(() => ChallengeEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'organisation_id',
      referencedColumnName: 'organisationId',
      foreignKeyConstraintName: 'challenge_author_challenge_fkey',
    },
    {
      name: 'challenge_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'challenge_author_challenge_fkey',
    },
  ])
  challenge: Relation<ChallengeEntity>;
}
