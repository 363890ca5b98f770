import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a certified challenge gave to a member: points, or a gift to be chosen. */
@Entity('award')
@Index('award_member_idx', ['organisationId', 'memberId'])
export class AwardEntity {
  @PrimaryColumn({ name: 'organisation_id', type: 'uuid', primaryKeyConstraintName: 'award_pkey' })
  organisationId: string;

  @PrimaryColumn({ name: 'challenge_id', type: 'uuid', primaryKeyConstraintName: 'award_pkey' })
  challengeId: string;

  /** The place of the line in the payout. */
  @PrimaryColumn({ type: 'int', primaryKeyConstraintName: 'award_pkey' })
  line: number;

  @PrimaryColumn({ name: 'member_id', type: 'uuid', primaryKeyConstraintName: 'award_pkey' })
  memberId: string;

  @Column({ type: 'bigint' })
  points: number;

  @Column({ type: 'text', nullable: true })
  prize: string | null;

  /** The team that it was given to, where members share it. */
  @Column({ name: 'team_id', type: 'uuid', nullable: true })
  teamId: string | null;
}
