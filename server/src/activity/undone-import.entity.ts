import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An import that was taken back: what it wrote is never restored by another undo. */
@Entity('undone_import')
export class UndoneImportEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'undone_import_pkey',
  })
  organisationId: string;

  @PrimaryColumn({
    name: 'import_id',
    type: 'uuid',
    primaryKeyConstraintName: 'undone_import_pkey',
  })
  importId: string;

  @Column({ name: 'undone_at', type: 'timestamptz' })
  undoneAt: Date;
}
