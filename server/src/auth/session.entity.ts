import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  type Relation,
} from 'typeorm';
import { OrganisationEntity } from '../people/organisation.entity.js';
import { PersonEntity } from '../people/person.entity.js';

/** Somebody signed in on one device. It belongs to a person, who may pick an organisation. */
@Entity('session')
@Unique('session_id_key', ['id'])
export class SessionEntity {
  /** SHA-256 of the cookie; whoever reads the table can enter nowhere. */
  @PrimaryColumn({ name: 'token_hash', type: 'bytea', primaryKeyConstraintName: 'session_pkey' })
  tokenHash: Buffer;

  /** By which its person ends it; it stays when the secret changes. */
  @Column({ type: 'uuid' })
  id: string;

  /** What a page sends back to prove that it may write. */
  @Column({ type: 'text' })
  csrf: string;

  @Index('session_person_idx')
  @Column({ name: 'person_id', type: 'uuid' })
  personId: string;

  @Column({ name: 'organisation_id', type: 'uuid', nullable: true })
  organisationId: string | null;

  /** When the person signed in; whatever they do, it ends some time after. */
  @Column({ name: 'signed_in_at', type: 'timestamptz' })
  signedInAt: Date;

  /** When it was last used, give or take an hour. */
  @Index('session_seen_idx')
  @Column({ name: 'seen_at', type: 'timestamptz' })
  seenAt: Date;

  /** What they signed in with, in plain words; null where nothing says so. */
  @Column({ type: 'text', nullable: true })
  browser: string | null;

  @Column({ type: 'text', nullable: true })
  system: string | null;

  @ManyToOne(() => PersonEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'session_person_fkey' })
  person: Relation<PersonEntity>;

  @ManyToOne(() => OrganisationEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'session_organisation_fkey' })
  organisation: Relation<OrganisationEntity> | null;
}
