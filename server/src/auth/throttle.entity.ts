import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How much somebody has tried lately, for all processes: a bucket that leaks as time goes on. */
@Entity('throttle')
export class ThrottleEntity {
  /** Digest of what is counted: an e-mail, an address. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'throttle_pkey' })
  subject: string;

  /** When everything tried so far will have leaked away. */
  @Index('throttle_empty_idx')
  @Column({ name: 'empty_at', type: 'timestamptz' })
  emptyAt: Date;
}
