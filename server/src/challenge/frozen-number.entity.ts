import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A number that a rule keeps of a subject from the launch on: its baseline or its target. */
@Entity('frozen_number')
export class FrozenNumberEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'frozen_number_pkey',
  })
  organisationId: string;

  @PrimaryColumn({
    name: 'challenge_id',
    type: 'uuid',
    primaryKeyConstraintName: 'frozen_number_pkey',
  })
  challengeId: string;

  /** The place of the rule in the list. */
  @PrimaryColumn({ type: 'int', primaryKeyConstraintName: 'frozen_number_pkey' })
  rule: number;

  @PrimaryColumn({
    name: 'subject_id',
    type: 'uuid',
    primaryKeyConstraintName: 'frozen_number_pkey',
  })
  subjectId: string;

  /** Scaled. */
  @Column({ type: 'bigint' })
  value: number;
}
