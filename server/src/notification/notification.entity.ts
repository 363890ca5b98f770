import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a member is told inside the product. */
@Entity('notification')
@Index('notification_key', ['organisationId', 'memberId', 'key'], { unique: true })
@Index('notification_member_idx', ['organisationId', 'memberId', 'id'])
export class NotificationEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'notification_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'notification_pkey' })
  id: string;

  @Column({ name: 'member_id', type: 'uuid' })
  memberId: string;

  /** What is told once under a key is not told again. */
  @Column({ type: 'text' })
  key: string;

  @Column({ type: 'jsonb' })
  about: object;

  /** Of all that were sent at once. */
  @Column({ name: 'sending_id', type: 'uuid' })
  sendingId: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'read_at', type: 'timestamptz', nullable: true })
  readAt: Date | null;
}
