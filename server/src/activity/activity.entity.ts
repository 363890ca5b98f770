import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The log of revisions. The one that counts has no `supersededSeq`; as of S it is the one with
 * `seq ≤ S < supersededSeq`. No foreign keys: intake resolves members itself, under the lock.
 */
@Entity('activity')
@Index('activity_day_idx', ['organisationId', 'type', 'occurredOn', 'memberId'])
@Index('activity_item_idx', ['organisationId', 'item'], { where: 'item is not null' })
@Index('activity_customer_idx', ['organisationId', 'customer', 'occurredOn'], {
  where: 'customer is not null',
})
@Index('activity_shared_idx', ['organisationId', 'type', 'occurredOn'], {
  where: 'shares is not null',
})
@Index('activity_import_idx', ['organisationId', 'importId'], { where: 'import_id is not null' })
export class ActivityEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'activity_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ name: 'source', type: 'text', primaryKeyConstraintName: 'activity_pkey' })
  source: string;

  @PrimaryColumn({ name: 'external_id', type: 'text', primaryKeyConstraintName: 'activity_pkey' })
  externalId: string;

  @PrimaryColumn({ name: 'revision', type: 'int', primaryKeyConstraintName: 'activity_pkey' })
  revision: number;

  @Column({ type: 'bigint' })
  seq: number;

  @Column({ name: 'superseded_seq', type: 'bigint', nullable: true })
  supersededSeq: number | null;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt: Date;

  /** The import that wrote it. */
  @Column({ name: 'import_id', type: 'uuid', nullable: true })
  importId: string | null;

  /** 128 bits of the SHA-256 of the content. */
  @Column({ name: 'content_hash', type: 'uuid' })
  contentHash: string;

  @Column({ type: 'bigint', nullable: true })
  version: number | null;

  @Column({ type: 'boolean' })
  void: boolean;

  /** A verdict keeps it from counting. */
  @Column({ type: 'boolean' })
  withheld: boolean;

  @Column({ type: 'text', nullable: true })
  item: string | null;

  @Column({ type: 'text' })
  type: string;

  @Column({ name: 'member_id', type: 'uuid', nullable: true })
  memberId: string | null;

  /** [[member, weight], …] where there is more than one. */
  @Column({ type: 'jsonb', nullable: true })
  shares: object | null;

  @Column({ name: 'occurred_on', type: 'date' })
  occurredOn: string;

  @Column({ name: 'occurred_at', type: 'timestamptz', nullable: true })
  occurredAt: Date | null;

  @Column({ name: 'opened_on', type: 'date', nullable: true })
  openedOn: string | null;

  @Column({ name: 'opened_at', type: 'timestamptz', nullable: true })
  openedAt: Date | null;

  @Column({ type: 'bigint', nullable: true })
  amount: number | null;

  @Column({ type: 'text', nullable: true })
  currency: string | null;

  @Column({ type: 'bigint', nullable: true })
  quantity: number | null;

  @Column({ type: 'text', nullable: true })
  product: string | null;

  /** [[product, quantity, amount, cost], …] where `product` does not say it all. */
  @Column({ type: 'jsonb', nullable: true })
  lines: object | null;

  @Column({ type: 'text', nullable: true })
  customer: string | null;

  @Column({ type: 'text', nullable: true })
  channel: string | null;

  @Column({ type: 'text', nullable: true })
  campaign: string | null;

  @Column({ type: 'text', nullable: true })
  site: string | null;

  @Column({ type: 'text', nullable: true })
  region: string | null;

  @Column({ type: 'text', nullable: true })
  segment: string | null;

  @Column({ type: 'jsonb', nullable: true })
  attributes: object | null;
}
