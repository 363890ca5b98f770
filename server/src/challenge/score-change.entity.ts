import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The log of scores: at most one row per subject and commit. */
@Entity('score_change')
export class ScoreChangeEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'score_change_pkey',
  })
  organisationId: string;

  @PrimaryColumn({
    name: 'challenge_id',
    type: 'uuid',
    primaryKeyConstraintName: 'score_change_pkey',
  })
  challengeId: string;

  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'score_change_pkey' })
  seq: number;

  @PrimaryColumn({
    name: 'subject_id',
    type: 'uuid',
    primaryKeyConstraintName: 'score_change_pkey',
  })
  subjectId: string;

  @Column({ type: 'bigint' })
  score: number;

  /** Before rounding, in units and lowest terms; null where the score says it exactly. */
  @Column({ type: 'numeric', nullable: true })
  numerator: string | null;

  @Column({ type: 'numeric', nullable: true })
  denominator: string | null;

  @Column({ name: 'reached_on', type: 'date', nullable: true })
  reachedOn: string | null;

  @Column({ type: 'text', nullable: true })
  reason: string | null;
}
