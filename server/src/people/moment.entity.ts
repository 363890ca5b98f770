import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** When each turn was: a board as of an instant is one as of the last `seq` before it. */
@Entity('moment')
@Index('moment_at_idx', ['organisationId', 'at'])
export class MomentEntity {
  @PrimaryColumn({ name: 'organisation_id', type: 'uuid', primaryKeyConstraintName: 'moment_pkey' })
  organisationId: string;

  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'moment_pkey' })
  seq: number;

  @Column({ type: 'timestamptz' })
  at: Date;
}
