import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { OrganisationEntity } from './organisation.entity.js';

/** The row that the one writer of an organisation locks; see docs/architecture.md. */
@Entity('sequence')
export class SequenceEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'sequence_pkey',
  })
  organisationId: string;

  @Column({ type: 'bigint', default: 0 })
  seq: number;

  /** The `seq` at which people last changed; says when a remembered directory is stale. */
  @Column({ name: 'people_seq', type: 'bigint', default: 0 })
  peopleSeq: number;

  /** The `seq` at which the running challenges last changed. */
  @Column({ name: 'challenge_seq', type: 'bigint', default: 0 })
  challengeSeq: number;

  /** How many activities wait for a member. */
  @Column({ type: 'int', default: 0 })
  waiting: number;

  @Column({ name: 'changed_at', type: 'timestamptz' })
  changedAt: Date;

  @OneToOne(() => OrganisationEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'sequence_organisation_fkey' })
  organisation: Relation<OrganisationEntity>;
}
