import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An activity that names a member whom nobody knows yet; it is recorded when somebody does. */
@Entity('waiting')
@Index('waiting_missing_idx', ['organisationId', 'missing'])
export class WaitingEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'waiting_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'waiting_pkey' })
  source: string;

  @PrimaryColumn({ name: 'external_id', type: 'text', primaryKeyConstraintName: 'waiting_pkey' })
  externalId: string;

  @Column({ type: 'text' })
  missing: string;

  @Column({ type: 'bigint', nullable: true })
  version: number | null;

  @Column({ type: 'jsonb' })
  input: object;

  @Column({ name: 'import_id', type: 'uuid', nullable: true })
  importId: string | null;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt: Date;
}
