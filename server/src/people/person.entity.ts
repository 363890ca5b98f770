import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** Someone who may have members in several organisations. */
@Entity('person')
@Unique('person_email_key', ['email'])
export class PersonEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'person_pkey' })
  id: string;

  @Column({ type: 'text' })
  email: string;

  /** argon2id, in the PHC string format. */
  @Column({ name: 'password_hash', type: 'text', nullable: true })
  passwordHash: string | null;

  /** Makes and names organisations; enters none by that. */
  @Column({ type: 'boolean', default: false })
  operator: boolean;

  /** The organisation picked last, which is proposed first. */
  @Column({ name: 'last_organisation_id', type: 'uuid', nullable: true })
  lastOrganisationId: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
