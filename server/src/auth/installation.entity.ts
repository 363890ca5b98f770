import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row: what belongs to the installation and not to an organisation. */
@Entity('installation')
export class InstallationEntity {
  @PrimaryColumn({ type: 'int', primaryKeyConstraintName: 'installation_pkey' })
  id: number;

  /** Signs links; never leaves the server. */
  @Column({ name: 'signing_key', type: 'bytea' })
  signingKey: Buffer;
}
