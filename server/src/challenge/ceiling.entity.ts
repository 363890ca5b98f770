import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { OrganisationEntity } from '../people/organisation.entity.js';

/** What may be launched without a countersignature, in points; without a row the defaults hold. */
@Entity('ceiling')
export class CeilingEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'ceiling_pkey',
  })
  organisationId: string;

  @Column({ name: 'per_challenge', type: 'bigint' })
  perChallenge: number;

  @Column({ name: 'per_author_and_month', type: 'bigint' })
  perAuthorAndMonth: number;

  @ManyToOne(() => OrganisationEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'ceiling_organisation_fkey' })
  organisation: Relation<OrganisationEntity>;
}
