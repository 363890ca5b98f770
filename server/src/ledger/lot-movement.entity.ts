import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** How many points of a lot a posting moved; as unchangeable as the posting. */
@Entity('lot_movement')
@Check('lot_movement_amount', 'amount > 0')
export class LotMovementEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'lot_movement_pkey',
  })
  organisationId: string;

  @PrimaryColumn({
    name: 'posting_id',
    type: 'uuid',
    primaryKeyConstraintName: 'lot_movement_pkey',
  })
  postingId: string;

  @PrimaryColumn({ name: 'lot_id', type: 'uuid', primaryKeyConstraintName: 'lot_movement_pkey' })
  lotId: string;

  @Column({ type: 'bigint' })
  amount: number;
}
