import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { OrganisationEntity } from './organisation.entity.js';

/** From whom a member or a key has its account, its way in, a role, or a team to manage. */
@Entity('provenance')
export class ProvenanceEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'provenance_pkey',
  })
  organisationId: string;

  /** `member:<id>` or `key:<id>`. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'provenance_pkey' })
  subject: string;

  /** `account`, `entrance`, `role:<role>`, `team:<id>`; the latest giver of each is kept. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'provenance_pkey' })
  what: string;

  /** As in the audit: `member:<id>`, `key:<id>`, `person:<id>`, `cli`, `system`. */
  @Column({ type: 'text' })
  actor: string;

  @ManyToOne(() => OrganisationEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'provenance_organisation_fkey' })
  organisation: Relation<OrganisationEntity>;
}
