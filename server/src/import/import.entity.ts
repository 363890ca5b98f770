import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { OrganisationEntity } from '../people/organisation.entity.js';

/** One file on its way in: what it is, how it is read, how far it has come, who is at it. */
@Entity('import')
@Index('import_open_idx', ['status'], { where: 'finished_at is null' })
export class ImportEntity {
  @PrimaryColumn({ name: 'organisation_id', type: 'uuid', primaryKeyConstraintName: 'import_pkey' })
  organisationId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'import_pkey' })
  id: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ name: 'file_name', type: 'text' })
  fileName: string;

  @Column({ type: 'text' })
  format: string;

  @Column({ type: 'text', nullable: true })
  encoding: string | null;

  @Column({ type: 'text', array: true })
  sheets: string[];

  @Column({ type: 'text', nullable: true })
  sheet: string | null;

  /** `uploading` until the whole file is here; nobody is shown those. */
  @Column({ type: 'text' })
  status: string;

  @Column({ type: 'jsonb' })
  columns: object;

  @Column({ type: 'jsonb' })
  mapping: object;

  @Column({ type: 'jsonb', nullable: true })
  preview: object | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'created_by', type: 'text', nullable: true })
  createdBy: string | null;

  /** Grows with each plan of a draft: what was looked at is told from what came after. */
  @Column({ type: 'int', default: 1 })
  version: number;

  /** Who let it be recorded; null for a draft. */
  @Column({ name: 'signed_by', type: 'text', nullable: true })
  signedBy: string | null;

  /** The scopes that a key had when it signed; null where no key did. */
  @Column({ name: 'signed_scopes', type: 'text', array: true, nullable: true })
  signedScopes: string[] | null;

  /** Null while there is still something to do. */
  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: Date | null;

  @Column({ name: 'bytes_total', type: 'bigint' })
  bytesTotal: number;

  @Column({ name: 'rows_total', type: 'int' })
  rowsTotal: number;

  @Column({ type: 'int', default: 0 })
  rows: number;

  @Column({ type: 'int', default: 0 })
  skipped: number;

  @Column({ type: 'int', default: 0 })
  recorded: number;

  @Column({ type: 'int', default: 0 })
  revised: number;

  @Column({ type: 'int', default: 0 })
  unchanged: number;

  @Column({ type: 'int', default: 0 })
  stale: number;

  @Column({ type: 'int', default: 0 })
  waiting: number;

  @Column({ type: 'int', default: 0 })
  refused: number;

  @Column({ type: 'jsonb', nullable: true })
  undo: object | null;

  @Column({ type: 'jsonb', nullable: true })
  error: object | null;

  /** The process that is at it, and until when it need not be heard of. */
  @Column({ name: 'leased_by', type: 'uuid', nullable: true })
  leasedBy: string | null;

  @Column({ name: 'leased_until', type: 'timestamptz', nullable: true })
  leasedUntil: Date | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'import_organisation_fkey' })
  organisation: Relation<OrganisationEntity>;
}
