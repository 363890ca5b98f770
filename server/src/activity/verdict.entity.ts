import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a person decided of an activity, whatever its source says afterwards. */
@Entity('verdict')
export class VerdictEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'verdict_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'verdict_pkey' })
  source: string;

  @PrimaryColumn({ name: 'external_id', type: 'text', primaryKeyConstraintName: 'verdict_pkey' })
  externalId: string;

  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'verdict_pkey' })
  seq: number;

  @Column({ type: 'text' })
  verdict: string;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ name: 'given_by', type: 'text' })
  givenBy: string;

  /** As an admin: a manager does not overrule it. */
  @Column({ name: 'by_admin', type: 'boolean', default: false })
  byAdmin: boolean;

  @Column({ name: 'given_at', type: 'timestamptz' })
  givenAt: Date;
}
