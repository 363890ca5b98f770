import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ImportEntity } from './import.entity.js';

/** Up to a thousand rows of a file, as they were read: kept until the import is done. */
@Entity('import_chunk')
export class ImportChunkEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'import_chunk_pkey',
  })
  organisationId: string;

  @PrimaryColumn({
    name: 'import_id',
    type: 'uuid',
    primaryKeyConstraintName: 'import_chunk_pkey',
  })
  importId: string;

  /** How many rows come before it. */
  @PrimaryColumn({ name: 'first_row', type: 'int', primaryKeyConstraintName: 'import_chunk_pkey' })
  firstRow: number;

  /** JSON, [[line, [cell, …]], …]; as text, since a cell may hold what jsonb refuses. */
  @Column({ type: 'text' })
  content: string;

  @ManyToOne(() => ImportEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'organisation_id',
      referencedColumnName: 'organisationId',
      foreignKeyConstraintName: 'import_chunk_import_fkey',
    },
    {
      name: 'import_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'import_chunk_import_fkey',
    },
  ])
  of: Relation<ImportEntity>;
}
