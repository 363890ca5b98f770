import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A measure whose daily totals are kept, because a challenge reads them. */
@Entity('measure')
export class MeasureEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'measure_pkey',
  })
  organisationId: string;

  /** 128 bits of the SHA-256 of the measure's text. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'measure_pkey' })
  id: string;

  @Column({ type: 'jsonb' })
  definition: object;

  /** The `seq` from which totals are kept; older days were filled in then. */
  @Column({ type: 'bigint' })
  seq: number;
}
