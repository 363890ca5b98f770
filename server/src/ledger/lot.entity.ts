import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Points earned together, and where those that have not been spent are. */
@Entity('lot')
@Check('lot_places', 'pending >= 0 and available >= 0 and held >= 0 and expired >= 0')
@Check('lot_amount', 'pending + available + held + expired <= amount')
@Index('lot_wallet_idx', ['organisationId', 'memberId', 'currency'])
@Index('lot_expiry_idx', ['organisationId', 'expiresOn'], {
  where: 'available > 0 and expires_on is not null',
})
export class LotEntity {
  @PrimaryColumn({ name: 'organisation_id', type: 'uuid', primaryKeyConstraintName: 'lot_pkey' })
  organisationId: string;

  /** The id of the posting that made it. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'lot_pkey' })
  id: string;

  @Column({ name: 'member_id', type: 'uuid' })
  memberId: string;

  @Column({ type: 'text' })
  currency: string;

  @Column({ type: 'text' })
  reference: string;

  /** Under which rules of law and tax they were earned. */
  @Column({ type: 'text' })
  regime: string;

  /** The first local day on which they cannot be spent any more. */
  @Column({ name: 'expires_on', type: 'date', nullable: true })
  expiresOn: string | null;

  /** How many there were. */
  @Column({ type: 'bigint' })
  amount: number;

  @Column({ type: 'bigint' })
  pending: number;

  @Column({ type: 'bigint' })
  available: number;

  @Column({ type: 'bigint' })
  held: number;

  @Column({ type: 'bigint' })
  expired: number;
}
