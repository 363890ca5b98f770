import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The texts of a règlement as they are being written, and the version that is published. */
@Entity('terms')
export class TermsEntity {
  @PrimaryColumn({ name: 'organisation_id', type: 'uuid', primaryKeyConstraintName: 'terms_pkey' })
  organisationId: string;

  @PrimaryColumn({ name: 'challenge_id', type: 'uuid', primaryKeyConstraintName: 'terms_pkey' })
  challengeId: string;

  /** What has been written instead of the usual text, by clause. */
  @Column({ type: 'jsonb' })
  clauses: object;

  /** 0 before the launch. */
  @Column({ type: 'int' })
  version: number;
}
