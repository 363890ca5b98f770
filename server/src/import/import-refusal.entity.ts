import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ImportEntity } from './import.entity.js';

/** Why a row, or one thing of several that it makes, was not recorded. */
@Entity('import_refusal')
export class ImportRefusalEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'import_refusal_pkey',
  })
  organisationId: string;

  @PrimaryColumn({
    name: 'import_id',
    type: 'uuid',
    primaryKeyConstraintName: 'import_refusal_pkey',
  })
  importId: string;

  /** Its place among those of the import, from 0. */
  @PrimaryColumn({ type: 'int', primaryKeyConstraintName: 'import_refusal_pkey' })
  number: number;

  @Column({ type: 'int' })
  line: number;

  @Column({ type: 'text' })
  pointer: string;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  detail: string;

  /** JSON, [cell, …]; as text, since a cell may hold what jsonb refuses. */
  @Column({ type: 'text' })
  content: string;

  @ManyToOne(() => ImportEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'organisation_id',
      referencedColumnName: 'organisationId',
      foreignKeyConstraintName: 'import_refusal_import_fkey',
    },
    {
      name: 'import_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'import_refusal_import_fkey',
    },
  ])
  of: Relation<ImportEntity>;
}
