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

/** From when until when somebody manages a team, or stands in for who does. */
@Entity('team_manager')
@Check('team_manager_days', 'to_day > from_day')
@Index('team_manager_member_idx', ['organisationId', 'memberId'])
export class ManagementEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'team_manager_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ name: 'team_id', type: 'uuid', primaryKeyConstraintName: 'team_manager_pkey' })
  teamId: string;

  @PrimaryColumn({ name: 'member_id', type: 'uuid', primaryKeyConstraintName: 'team_manager_pkey' })
  memberId: string;

  /** 1900-01-01 for always. */
  @PrimaryColumn({ name: 'from_day', type: 'date', primaryKeyConstraintName: 'team_manager_pkey' })
  fromDay: string;

  /** The day after the last one. */
  @Column({ name: 'to_day', type: 'date', nullable: true })
  toDay: string | null;

  @Column({ name: 'stand_in', type: 'boolean' })
  standIn: boolean;

  @ManyToOne(() => MemberEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'organisation_id',
      referencedColumnName: 'organisationId',
      foreignKeyConstraintName: 'team_manager_member_fkey',
    },
    {
      name: 'member_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'team_manager_member_fkey',
    },
  ])
  member: Relation<MemberEntity>;

  @ManyToOne(() => TeamEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'organisation_id',
      referencedColumnName: 'organisationId',
      foreignKeyConstraintName: 'team_manager_team_fkey',
    },
    {
      name: 'team_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'team_manager_team_fkey',
    },
  ])
  team: Relation<TeamEntity>;
}
