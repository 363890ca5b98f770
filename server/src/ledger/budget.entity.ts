import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** What may be spent on something, with the id of that thing; `balance` is what is left. */
@Entity('budget')
@Check('budget_balance', 'balance >= 0')
@Check('budget_paid', 'balance <= reserved - returned')
export class BudgetEntity {
  @PrimaryColumn({ name: 'organisation_id', type: 'uuid', primaryKeyConstraintName: 'budget_pkey' })
  organisationId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'budget_pkey' })
  id: string;

  @Column({ type: 'text' })
  currency: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'bigint' })
  reserved: number;

  @Column({ type: 'bigint' })
  returned: number;

  @Column({ type: 'bigint' })
  balance: number;

  /** How many postings it has had of its own. */
  @Column({ type: 'int' })
  lines: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
