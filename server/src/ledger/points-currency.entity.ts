import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { OrganisationEntity } from '../people/organisation.entity.js';

/** A kind of points of an organisation; points of two kinds are never added up. */
@Entity('points_currency')
export class PointsCurrencyEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'points_currency_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'points_currency_pkey' })
  code: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @ManyToOne(() => OrganisationEntity, { onDelete: 'RESTRICT' })
  @JoinColumn({
    name: 'organisation_id',
    foreignKeyConstraintName: 'points_currency_organisation_fkey',
  })
  organisation: Relation<OrganisationEntity>;
}
