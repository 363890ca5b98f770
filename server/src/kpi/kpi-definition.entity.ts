import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { OrganisationEntity } from '../people/organisation.entity.js';

/** A version of a KPI of the organisation's own; the last one holds, unless it says nothing. */
@Entity('kpi_definition')
export class KpiDefinitionEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'kpi_definition_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'kpi_definition_pkey' })
  code: string;

  @PrimaryColumn({ type: 'int', primaryKeyConstraintName: 'kpi_definition_pkey' })
  version: number;

  /** In the words of the API; null once deleted. */
  @Column({ type: 'jsonb', nullable: true })
  definition: object | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @ManyToOne(() => OrganisationEntity, { onDelete: 'CASCADE' })
  @JoinColumn({
    name: 'organisation_id',
    foreignKeyConstraintName: 'kpi_definition_organisation_fkey',
  })
  organisation: Relation<OrganisationEntity>;
}
