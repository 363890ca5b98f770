import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What somebody did, once it was done; a trigger refuses to change or delete one. */
@Entity('audit_entry')
@Index('audit_entry_subject_idx', ['organisationId', 'subject', 'id'])
@Index('audit_entry_actor_idx', ['organisationId', 'actor', 'id'])
export class AuditEntryEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'audit_entry_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'audit_entry_pkey' })
  id: string;

  @Column({ type: 'timestamptz' })
  at: Date;

  /** `member:<id>`, `key:<id>`, `person:<id>`, `cli` or `system`. */
  @Column({ type: 'text' })
  actor: string;

  /** For whom, where somebody stood in. */
  @Column({ type: 'text', nullable: true })
  behalf: string | null;

  @Column({ type: 'text' })
  action: string;

  /** `challenge:<id>` and the like. */
  @Column({ type: 'text' })
  subject: string;

  @Column({ type: 'jsonb', nullable: true })
  before: object | null;

  @Column({ type: 'jsonb', nullable: true })
  after: object | null;

  @Column({ type: 'text', nullable: true })
  address: string | null;

  @Column({ name: 'request_id', type: 'text', nullable: true })
  requestId: string | null;
}
