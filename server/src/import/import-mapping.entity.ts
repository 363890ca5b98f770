import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  type Relation,
} from 'typeorm';
import { OrganisationEntity } from '../people/organisation.entity.js';

/** A mapping that an organisation keeps under a name. */
@Entity('import_mapping')
@Unique('import_mapping_name_key', ['organisationId', 'name'])
export class ImportMappingEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'import_mapping_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'import_mapping_pkey' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'jsonb' })
  mapping: object;

  /** Who saved what it says now: `key:<id>`, `member:<id>`; null for one from before this was kept. */
  @Column({ name: 'saved_by', type: 'text', nullable: true })
  savedBy: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @ManyToOne(() => OrganisationEntity, { onDelete: 'CASCADE' })
  @JoinColumn({
    name: 'organisation_id',
    foreignKeyConstraintName: 'import_mapping_organisation_fkey',
  })
  organisation: Relation<OrganisationEntity>;
}
