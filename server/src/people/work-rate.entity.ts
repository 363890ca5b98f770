import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { MemberEntity } from './member.entity.js';

/** How much of the time somebody works from a day on, until the next rate. */
@Entity('work_rate')
export class WorkRateEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'work_rate_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ name: 'member_id', type: 'uuid', primaryKeyConstraintName: 'work_rate_pkey' })
  memberId: string;

  /** 1900-01-01 for always. */
  @PrimaryColumn({ name: 'from_day', type: 'date', primaryKeyConstraintName: 'work_rate_pkey' })
  fromDay: string;

  /** In 1/10 000; 10 000 is full time. */
  @Column({ type: 'int' })
  rate: number;

  @ManyToOne(() => MemberEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'organisation_id',
      referencedColumnName: 'organisationId',
      foreignKeyConstraintName: 'work_rate_member_fkey',
    },
    {
      name: 'member_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'work_rate_member_fkey',
    },
  ])
  member: Relation<MemberEntity>;
}
