import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who has signed that a challenge ends as it stands. */
@Entity('certification_signature')
export class CertificationSignatureEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'certification_signature_pkey',
  })
  organisationId: string;

  @PrimaryColumn({
    name: 'challenge_id',
    type: 'uuid',
    primaryKeyConstraintName: 'certification_signature_pkey',
  })
  challengeId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'certification_signature_pkey' })
  signature: string;

  /** Whoever gets something by it cannot sign alone. */
  @Column({ type: 'boolean' })
  gains: boolean;

  /** Why it does not count; null where it does. */
  @Column({ type: 'text', nullable: true })
  why: string | null;

  @Column({ name: 'signed_at', type: 'timestamptz' })
  signedAt: Date;
}
