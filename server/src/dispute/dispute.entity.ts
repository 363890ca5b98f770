import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a participant says is wrong, or missing, and what came of it. */
@Entity('dispute')
@Index('dispute_open_key', ['organisationId', 'reporterId', 'contentHash'], {
  unique: true,
  where: `status = 'open'`,
})
@Index('dispute_challenge_idx', ['organisationId', 'challengeId'])
export class DisputeEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'dispute_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'dispute_pkey' })
  id: string;

  @Column({ name: 'challenge_id', type: 'uuid' })
  challengeId: string;

  @Column({ name: 'reporter_id', type: 'uuid' })
  reporterId: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'text', nullable: true })
  source: string | null;

  @Column({ name: 'external_id', type: 'text', nullable: true })
  externalId: string | null;

  @Column({ type: 'text' })
  text: string;

  @Column({ type: 'jsonb', nullable: true })
  expected: object | null;

  /** The reporter, and whoever has a share in the activity. */
  @Column({ type: 'uuid', array: true })
  concerned: string[];

  /** Who reports the same twice reports it once. */
  @Column({ name: 'content_hash', type: 'uuid' })
  contentHash: string;

  @Column({ type: 'text' })
  status: string;

  @Column({ type: 'text', nullable: true })
  answer: string | null;

  @Column({ name: 'resolved_by', type: 'uuid', nullable: true })
  resolvedBy: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'resolved_at', type: 'timestamptz', nullable: true })
  resolvedAt: Date | null;
}
