import type { OwnType } from '@palmares/shared/activity/own-type';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('organisation')
export class OrganisationEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'organisation_pkey' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ name: 'time_zone', type: 'text' })
  timeZone: string;

  @Column({ type: 'text' })
  currency: string;

  @Column({ type: 'text' })
  locale: string;

  /** Made by the demo, and moved by its simulator. */
  @Column({ type: 'boolean', default: false })
  demo: boolean;

  /** On which days of the week it works; 1 is Monday. */
  @Column({ name: 'working_week', type: 'int', array: true, default: [1, 2, 3, 4, 5] })
  workingWeek: number[];

  /** Since when its activities are complete; since the first one where nothing is said. */
  @Column({ name: 'history_from', type: 'date', nullable: true })
  historyFrom: string | null;

  /** Types of activities of its own. */
  @Column({ name: 'activity_types', type: 'json', default: [] })
  activityTypes: OwnType[];

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
