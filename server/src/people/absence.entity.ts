import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { MemberEntity } from './member.entity.js';

/** Half-days on which somebody is away; why is nobody’s business here. */
@Entity('absence')
export class AbsenceEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'absence_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ name: 'member_id', type: 'uuid', primaryKeyConstraintName: 'absence_pkey' })
  memberId: string;

  @PrimaryColumn({ name: 'from_day', type: 'date', primaryKeyConstraintName: 'absence_pkey' })
  fromDay: string;

  /** `am` or `pm`. */
  @PrimaryColumn({ name: 'from_half', type: 'text', primaryKeyConstraintName: 'absence_pkey' })
  fromHalf: string;

  /** With `to_half` the first half-day of being back. */
  @Column({ name: 'to_day', type: 'date' })
  toDay: string;

  @Column({ name: 'to_half', type: 'text' })
  toHalf: string;

  @ManyToOne(() => MemberEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'organisation_id',
      referencedColumnName: 'organisationId',
      foreignKeyConstraintName: 'absence_member_fkey',
    },
    {
      name: 'member_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'absence_member_fkey',
    },
  ])
  member: Relation<MemberEntity>;
}
