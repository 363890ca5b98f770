import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { OrganisationEntity } from '../people/organisation.entity.js';

/** What a member or a team is to reach in a KPI and a period; a scaled integer. */
@Entity('target')
export class TargetEntity {
  @PrimaryColumn({ name: 'organisation_id', type: 'uuid', primaryKeyConstraintName: 'target_pkey' })
  organisationId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'target_pkey' })
  kpi: string;

  @PrimaryColumn({ name: 'subject_type', type: 'text', primaryKeyConstraintName: 'target_pkey' })
  subjectType: 'member' | 'team';

  @PrimaryColumn({ name: 'subject_id', type: 'uuid', primaryKeyConstraintName: 'target_pkey' })
  subjectId: string;

  @PrimaryColumn({ name: 'from_day', type: 'date', primaryKeyConstraintName: 'target_pkey' })
  fromDay: string;

  /** The day after the last one. */
  @PrimaryColumn({ name: 'to_day', type: 'date', primaryKeyConstraintName: 'target_pkey' })
  toDay: string;

  @Column({ type: 'bigint' })
  value: number;

  @ManyToOne(() => OrganisationEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'target_organisation_fkey' })
  organisation: Relation<OrganisationEntity>;
}
