import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { MemberEntity } from './member.entity.js';
import { TeamEntity } from './team.entity.js';

/** From when until when somebody is in a team: in at most one on a day. */
@Entity('team_member')
@Check('team_member_days', 'to_day > from_day')
@Index('team_member_team_idx', ['organisationId', 'teamId'])
export class MembershipEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'team_member_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ name: 'member_id', type: 'uuid', primaryKeyConstraintName: 'team_member_pkey' })
  memberId: string;

  /** 1900-01-01 for always. */
  @PrimaryColumn({ name: 'from_day', type: 'date', primaryKeyConstraintName: 'team_member_pkey' })
  fromDay: string;

  /** The day after the last one. */
  @Column({ name: 'to_day', type: 'date', nullable: true })
  toDay: string | null;

  @Column({ name: 'team_id', type: 'uuid' })
  teamId: string;

  @ManyToOne(() => MemberEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'organisation_id',
      referencedColumnName: 'organisationId',
      foreignKeyConstraintName: 'team_member_member_fkey',
    },
    {
      name: 'member_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'team_member_member_fkey',
    },
  ])
  member: Relation<MemberEntity>;

  @ManyToOne(() => TeamEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'organisation_id',
      referencedColumnName: 'organisationId',
      foreignKeyConstraintName: 'team_member_team_fkey',
    },
    {
      name: 'team_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'team_member_team_fkey',
    },
  ])
  team: Relation<TeamEntity>;
}
