import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  type Relation,
} from 'typeorm';
import { MemberEntity } from '../people/member.entity.js';

/** The link by which a member enters for the first time, or again; one at a time for each. */
@Entity('invitation')
@Unique('invitation_token_key', ['tokenHash'])
export class InvitationEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'invitation_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ name: 'member_id', type: 'uuid', primaryKeyConstraintName: 'invitation_pkey' })
  memberId: string;

  @Column({ name: 'token_hash', type: 'bytea' })
  tokenHash: Buffer;

  /** The one it was made for; under another e-mail the member is somebody else. */
  @Column({ type: 'text' })
  email: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;

  /** Who made the link; null for those from before it was kept. */
  @Column({ name: 'issued_by', type: 'text', nullable: true })
  issuedBy: string | null;

  @ManyToOne(() => MemberEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'organisation_id',
      referencedColumnName: 'organisationId',
      foreignKeyConstraintName: 'invitation_member_fkey',
    },
    {
      name: 'member_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'invitation_member_fkey',
    },
  ])
  member: Relation<MemberEntity>;
}
