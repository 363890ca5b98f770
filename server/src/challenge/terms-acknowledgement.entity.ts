import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A participant has taken note of a version of the règlement. */
@Entity('terms_acknowledgement')
export class TermsAcknowledgementEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'terms_acknowledgement_pkey',
  })
  organisationId: string;

  @PrimaryColumn({
    name: 'challenge_id',
    type: 'uuid',
    primaryKeyConstraintName: 'terms_acknowledgement_pkey',
  })
  challengeId: string;

  @PrimaryColumn({ type: 'int', primaryKeyConstraintName: 'terms_acknowledgement_pkey' })
  version: number;

  @PrimaryColumn({
    name: 'member_id',
    type: 'uuid',
    primaryKeyConstraintName: 'terms_acknowledgement_pkey',
  })
  memberId: string;

  @Column({ name: 'acknowledged_at', type: 'timestamptz' })
  acknowledgedAt: Date;
}
