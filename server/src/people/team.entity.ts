import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  type Relation,
} from 'typeorm';
import { OrganisationEntity } from './organisation.entity.js';

/** A team, or a part of the organisation that teams belong to: a tree. */
@Entity('team')
@Unique('team_external_id_key', ['organisationId', 'externalId'])
export class TeamEntity {
  @PrimaryColumn({ name: 'organisation_id', type: 'uuid', primaryKeyConstraintName: 'team_pkey' })
  organisationId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'team_pkey' })
  id: string;

  @Column({ name: 'external_id', type: 'text', nullable: true })
  externalId: string | null;

  @Column({ type: 'text' })
  name: string;

  @Column({ name: 'parent_id', type: 'uuid', nullable: true })
  parentId: string | null;

  /** When the team last changed: a board read before shows another name. */
  @Column({ type: 'bigint', default: 0 })
  seq: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @ManyToOne(() => OrganisationEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'team_organisation_fkey' })
  organisation: Relation<OrganisationEntity>;

  @ManyToOne(() => TeamEntity)
  @JoinColumn([
    {
      name: 'organisation_id',
      referencedColumnName: 'organisationId',
      foreignKeyConstraintName: 'team_parent_fkey',
    },
    {
      name: 'parent_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'team_parent_fkey',
    },
  ])
  parent: Relation<TeamEntity> | null;
}
