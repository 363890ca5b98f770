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
import { PersonEntity } from './person.entity.js';

@Entity('member')
@Unique('member_email_key', ['organisationId', 'email'])
@Unique('member_external_id_key', ['organisationId', 'externalId'])
@Unique('member_person_key', ['personId', 'organisationId'])
export class MemberEntity {
  @PrimaryColumn({ name: 'organisation_id', type: 'uuid', primaryKeyConstraintName: 'member_pkey' })
  organisationId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'member_pkey' })
  id: string;

  /** Who may enter as this member: nobody before they have accepted an invitation. */
  @Column({ name: 'person_id', type: 'uuid', nullable: true })
  personId: string | null;

  /** Sessions that began before it do not enter: an admin has ended them. */
  @Column({ name: 'sessions_from', type: 'timestamptz', nullable: true })
  sessionsFrom: Date | null;

  @Column({ name: 'external_id', type: 'text', nullable: true })
  externalId: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', array: true })
  roles: string[];

  @Column({ type: 'text' })
  kind: string;

  @Column({ name: 'entered_on', type: 'date', nullable: true })
  enteredOn: string | null;

  /** The day after the last one. */
  @Column({ name: 'left_on', type: 'date', nullable: true })
  leftOn: string | null;

  /** When the member last changed: a board read before shows another name. */
  @Column({ type: 'bigint', default: 0 })
  seq: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @ManyToOne(() => OrganisationEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'member_organisation_fkey' })
  organisation: Relation<OrganisationEntity>;

  @ManyToOne(() => PersonEntity, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'member_person_fkey' })
  person: Relation<PersonEntity> | null;
}
