import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The accounts of a member in one points currency. Its row is locked before any of them moves. */
@Entity('wallet')
@Check('wallet_pending', 'pending >= 0')
@Check('wallet_available', 'available >= 0')
@Check('wallet_held', 'held >= 0')
@Check('wallet_owed', 'owed <= 0')
export class WalletEntity {
  @PrimaryColumn({ name: 'organisation_id', type: 'uuid', primaryKeyConstraintName: 'wallet_pkey' })
  organisationId: string;

  @PrimaryColumn({ name: 'member_id', type: 'uuid', primaryKeyConstraintName: 'wallet_pkey' })
  memberId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'wallet_pkey' })
  currency: string;

  @Column({ type: 'bigint' })
  pending: number;

  @Column({ type: 'bigint' })
  available: number;

  @Column({ type: 'bigint' })
  held: number;

  /** What was taken back after it had been spent; below zero. */
  @Column({ type: 'bigint' })
  owed: number;

  /** How many postings it has had; the next one is this line, plus one, of its statement. */
  @Column({ type: 'int' })
  lines: number;
}
