import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The present score of one subject; a subject of a launched challenge always has a row. */
@Entity('score')
export class ScoreEntity {
  @PrimaryColumn({ name: 'organisation_id', type: 'uuid', primaryKeyConstraintName: 'score_pkey' })
  organisationId: string;

  @PrimaryColumn({ name: 'challenge_id', type: 'uuid', primaryKeyConstraintName: 'score_pkey' })
  challengeId: string;

  @PrimaryColumn({ name: 'subject_id', type: 'uuid', primaryKeyConstraintName: 'score_pkey' })
  subjectId: string;

  /** In 1/10 000. */
  @Column({ type: 'bigint' })
  score: number;

  /** Before rounding, in units and lowest terms; null where the score says it exactly. */
  @Column({ type: 'numeric', nullable: true })
  numerator: string | null;

  @Column({ type: 'numeric', nullable: true })
  denominator: string | null;

  /** What each rule gave, in the order of the rules. */
  @Column({ type: 'bigint', array: true })
  parts: number[];

  /** What a quality gate holds back. */
  @Column({ type: 'bigint', default: 0 })
  held: number;

  /** Why there is no rank. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ name: 'reached_on', type: 'date', nullable: true })
  reachedOn: string | null;

  @Column({ type: 'bigint' })
  seq: number;
}
