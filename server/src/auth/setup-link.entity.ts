import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The link of an installation that has no organisation yet. */
@Entity('setup_link')
export class SetupLinkEntity {
  /** SHA-256 of the token; whoever reads the table can make nothing of it. */
  @PrimaryColumn({ name: 'token_hash', type: 'bytea', primaryKeyConstraintName: 'setup_link_pkey' })
  tokenHash: Buffer;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}
