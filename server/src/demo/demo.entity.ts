import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { OrganisationEntity } from '../people/organisation.entity.js';

/** An organisation that the demo has made: of which day it is, and how far its story is told. */
@Entity('demo')
export class DemoEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'demo_pkey',
  })
  organisationId: string;

  @Column({ type: 'int' })
  edition: number;

  @Column({ type: 'date' })
  day: string;

  /** How many steps of the story are told; all of them where it is null. */
  @Column({ type: 'int', nullable: true })
  step: number | null;

  /** Everything that the source sent up to this day is recorded. */
  @Column({ type: 'date' })
  until: string;

  @ManyToOne(() => OrganisationEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'demo_organisation_fkey' })
  organisation: Relation<OrganisationEntity>;
}
