import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a command with an Idempotency-Key was answered, so that sending it again does nothing. */
@Entity('command_answer')
@Index('command_answer_age_idx', ['answeredAt'])
export class CommandAnswerEntity {
  @PrimaryColumn({
    name: 'organisation_id',
    type: 'uuid',
    primaryKeyConstraintName: 'command_answer_pkey',
  })
  organisationId: string;

  /** Whose key it is: others may well have the same. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'command_answer_pkey' })
  caller: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'command_answer_pkey' })
  key: string;

  /** Of the route and the body. */
  @Column({ name: 'request_hash', type: 'uuid' })
  requestHash: string;

  /** Null while the command is carried out, which nobody else sees. */
  @Column({ type: 'jsonb', nullable: true })
  answer: object | null;

  @Column({ name: 'answered_at', type: 'timestamptz' })
  answeredAt: Date;
}
