import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { OrganisationEntity } from './organisation.entity.js';

/** A day on which nobody of the organisation works. */
@Entity('holiday')
export class HolidayEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'holiday_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: 'holiday_pkey' })
  day: string;

  @Column({ type: 'text' })
  name: string;

  @ManyToOne(() => OrganisationEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'holiday_organisation_fkey' })
  organisation: Relation<OrganisationEntity>;
}
