import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A règlement as it was published, in each language; never changed. */
@Entity('terms_version')
export class TermsVersionEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'terms_version_pkey',
  })
  organisationId: string;

  @PrimaryColumn({
    name: 'challenge_id',
    type: 'uuid',
    primaryKeyConstraintName: 'terms_version_pkey',
  })
  challengeId: string;

  @PrimaryColumn({ type: 'int', primaryKeyConstraintName: 'terms_version_pkey' })
  version: number;

  /** The version of the challenge whose rules it says. */
  @Column({ name: 'challenge_version', type: 'int' })
  challengeVersion: number;

  @Column({ type: 'jsonb' })
  clauses: object;

  @Column({ type: 'jsonb' })
  documents: object;

  @Column({ name: 'published_by', type: 'text' })
  publishedBy: string;

  @Column({ name: 'published_at', type: 'timestamptz' })
  publishedAt: Date;
}
