import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Points that moved from one account to another. A trigger refuses to change or delete one: what
 * was wrong is put right by another posting.
 */
@Entity('posting')
@Check('posting_amount', 'amount > 0')
@Check('posting_accounts', 'from_account <> to_account')
@Index('posting_reference_key', ['organisationId', 'reference', 'ownerId', 'number'], {
  unique: true,
})
@Index('posting_line_key', ['organisationId', 'ownerId', 'currency', 'line'], { unique: true })
export class PostingEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'posting_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'posting_pkey' })
  id: string;

  /** The member whose wallet it touches; where none is, the budget. */
  @Column({ name: 'owner_id', type: 'uuid' })
  ownerId: string;

  @Column({ type: 'text' })
  currency: string;

  /** Counts the postings of the owner. */
  @Column({ type: 'int' })
  line: number;

  /** What for. */
  @Column({ type: 'text' })
  reference: string;

  /** Counts the postings of the owner under the reference. */
  @Column({ type: 'int' })
  number: number;

  @Column({ name: 'from_account', type: 'text' })
  fromAccount: string;

  @Column({ name: 'to_account', type: 'text' })
  toAccount: string;

  @Column({ type: 'bigint' })
  amount: number;

  /** The budget that pays, or gets back. */
  @Column({ name: 'budget_id', type: 'uuid', nullable: true })
  budgetId: string | null;

  /** The posting that it takes back. */
  @Column({ type: 'uuid', nullable: true })
  reverses: string | null;

  @Column({ type: 'text' })
  reason: string;

  /** Who said so, `member:{id}` or `key:{id}`; null for the platform itself. */
  @Column({ type: 'text', nullable: true })
  actor: string | null;

  /** The turn in which it was posted; null for what takes none, as an expiry. */
  @Column({ type: 'bigint', nullable: true })
  seq: number | null;

  @Column({ name: 'posted_at', type: 'timestamptz' })
  postedAt: Date;
}
