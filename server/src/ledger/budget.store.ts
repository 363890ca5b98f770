import type { Budget } from '@palmares/shared/ledger/budget';
import type { Tx } from '../platform/database.js';

export interface BudgetRow extends Budget {
  id: string;
  currency: string;
  name: string;
  lines: number;
}

const columns = 'id, currency, name, reserved, returned, balance, lines';

/** Locks budgets in the one order, after all wallets. */
export async function lock(
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
): Promise<Map<string, BudgetRow>> {
  const rows = await tx.rows<BudgetRow>(
    `select ${columns} from budget
     where organisation_id = $1 and id = any($2) order by id for update`,
    [organisationId, ids],
    'budget.lock',
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Makes an empty budget, unless it is there, and keeps its name up to date. */
export async function ensure(
  tx: Tx,
  organisationId: string,
  { id, currency, name }: Pick<BudgetRow, 'id' | 'currency' | 'name'>,
  now: Date,
): Promise<void> {
  await tx.rows(
    `insert into budget
       (organisation_id, id, currency, name, reserved, returned, balance, lines, created_at)
     values ($1, $2, $3, $4, 0, 0, 0, 0, $5)
     on conflict (organisation_id, id) do update set name = excluded.name`,
    [organisationId, id, currency, name, now],
  );
}

export async function write(
  tx: Tx,
  organisationId: string,
  { id, reserved, returned, balance, lines }: BudgetRow,
): Promise<void> {
  await tx.rows(
    `update budget set reserved = $3, returned = $4, balance = $5, lines = $6
     where organisation_id = $1 and id = $2`,
    [organisationId, id, reserved, returned, balance, lines],
    'budget.write',
  );
}

/** A page of budgets, newest first. */
export async function list(
  tx: Tx,
  organisationId: string,
  limit: number,
  cursor: string | undefined,
): Promise<(BudgetRow & { createdAt: Date })[]> {
  return tx.rows<BudgetRow & { createdAt: Date }>(
    `select ${columns}, created_at as "createdAt" from budget
     where organisation_id = $1 and ($3::uuid is null or (created_at, id) <
       (select created_at, id from budget where organisation_id = $1 and id = $3))
     order by created_at desc, id desc limit $2`,
    [organisationId, limit, cursor ?? null],
  );
}
