import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When a source was last heard of, and the last business day it spoke of. */
@Entity('freshness')
export class FreshnessEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'freshness_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'freshness_pkey' })
  source: string;

  @Column({ name: 'heard_at', type: 'timestamptz' })
  heardAt: Date;

  @Column({ name: 'occurred_on', type: 'date' })
  occurredOn: string;
}
