import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one member has of one measure on one local day; scaled integers. */
@Entity('measure_day')
export class MeasureDayEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'measure_day_pkey',
  })
  organisationId: string;

  @PrimaryColumn({ name: 'measure_id', type: 'uuid', primaryKeyConstraintName: 'measure_day_pkey' })
  measureId: string;

  @PrimaryColumn({ name: 'member_id', type: 'uuid', primaryKeyConstraintName: 'measure_day_pkey' })
  memberId: string;

  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: 'measure_day_pkey' })
  day: string;

  @Column({ type: 'bigint' })
  count: number;

  @Column({ type: 'bigint' })
  sum: number;
}
