import type { ledgerFaults } from '@palmares/shared/ledger/wallet';
import type { Tx } from '../platform/database.js';

export interface LedgerDifference {
  what: (typeof ledgerFaults)[number];
  /** Whose, or which. */
  subject: string;
  stored: number;
  /** What the postings say. */
  derived: number;
}

/** Every posting twice: what an account has lost, and what another has got. */
const LEGS = `legs as (
  select owner_id, currency, budget_id, from_account as account, -amount as amount
  from posting where organisation_id = $1
  union all
  select owner_id, currency, budget_id, to_account, amount from posting where organisation_id = $1
)`;

const WALLET_ACCOUNTS = `('pending', 'available', 'held', 'owed')`;

/** Wallets as rows of (member, currency, account, balance). */
const BALANCES = `balances as (
  select member_id, currency, account, balance from wallet cross join lateral (values
    ('pending', pending), ('available', available), ('held', held), ('owed', owed))
    as each (account, balance)
  where organisation_id = $1
)`;

/** Lots as rows of (lot, member, currency, place, points). */
const PLACES = `places as (
  select id, member_id, currency, place, points from lot cross join lateral (values
    ('pending', pending), ('available', available), ('held', held), ('expired', expired))
    as each (place, points)
  where organisation_id = $1
)`;

/** For each way to go wrong, where it has: (subject, stored, derived). */
const questions: Record<LedgerDifference['what'], string> = {
  sum: `with ${LEGS}, ${BALANCES}, everything as (
      select currency, balance from balances
      union all select currency, balance from budget where organisation_id = $1
      union all select currency, amount from legs
        where account in ('issuance', 'redeemed', 'expired'))
    select currency as subject, sum(balance)::bigint as stored, 0::bigint as derived
    from everything group by currency having sum(balance) <> 0`,
  wallet: `with ${LEGS}, ${BALANCES}, derived as (
      select owner_id as member_id, currency, account, sum(amount)::bigint as balance from legs
      where account in ${WALLET_ACCOUNTS} group by 1, 2, 3)
    select concat_ws(' ', member_id, currency, account) as subject,
      coalesce(balances.balance, 0) as stored, coalesce(derived.balance, 0) as derived
    from balances full join derived using (member_id, currency, account)
    where coalesce(balances.balance, 0) <> coalesce(derived.balance, 0)`,
  'wallet-lots': `with ${BALANCES}, ${PLACES}, derived as (
      select member_id, currency, place as account, sum(points)::bigint as balance from places
      where place <> 'expired' group by 1, 2, 3)
    select concat_ws(' ', member_id, currency, account) as subject,
      coalesce(balances.balance, 0) as stored, coalesce(derived.balance, 0) as derived
    from balances full join derived using (member_id, currency, account)
    where account <> 'owed' and coalesce(balances.balance, 0) <> coalesce(derived.balance, 0)`,
  lot: `with ${PLACES}, moves as (
      select lot_id, from_account, to_account, lot_movement.amount, owner_id, currency
      from lot_movement join posting
        on posting.organisation_id = $1 and posting.id = lot_movement.posting_id
      where lot_movement.organisation_id = $1
    ), derived as (
      select lot_id as id, owner_id as member_id, currency, place, sum(amount)::bigint as points
      from (select lot_id, owner_id, currency, to_account as place, amount from moves
        union all select lot_id, owner_id, currency, from_account, -amount from moves) as legs
      where place in ('pending', 'available', 'held', 'expired') group by 1, 2, 3, 4)
    select concat_ws(' ', id, place) as subject, coalesce(places.points, 0) as stored,
      coalesce(derived.points, 0) as derived
    from places full join derived using (id, member_id, currency, place)
    where coalesce(places.points, 0) <> coalesce(derived.points, 0)`,
  movements: `select id::text as subject, coalesce(moved, 0)::bigint as stored, amount as derived
    from posting left join (
      select posting_id as id, sum(amount) as moved from lot_movement
      where organisation_id = $1 group by 1) as movements using (id)
    where organisation_id = $1 and coalesce(moved, 0) <> amount and (moved is not null or
      from_account in ('pending', 'available', 'held', 'expired') or
      to_account in ('pending', 'available', 'held', 'expired'))`,
  budget: `with ${LEGS}, derived as (
      select budget_id as id, sum(amount) filter (where account = 'budget') as balance,
        -sum(amount) filter (where account = 'issuance') as net
      from legs where budget_id is not null group by 1)
    select id::text as subject, coalesce(stored.balance, 0) as stored,
      coalesce(derived.balance, 0)::bigint as derived
    from (select * from budget where organisation_id = $1) as stored full join derived using (id)
    where coalesce(stored.balance, 0) <> coalesce(derived.balance, 0)
      or coalesce(stored.reserved - stored.returned, 0) <> coalesce(derived.net, 0)`,
  expired: `with ${LEGS}, ${PLACES}, stored as (
      select currency, sum(points)::bigint as points from places
      where place = 'expired' group by 1
    ), derived as (
      select currency, sum(amount)::bigint as points from legs
      where account = 'expired' group by 1)
    select currency as subject, coalesce(stored.points, 0) as stored,
      coalesce(derived.points, 0) as derived
    from stored full join derived using (currency)
    where coalesce(stored.points, 0) <> coalesce(derived.points, 0)`,
  lines: `with counted as (
      select owner_id, currency, max(line)::bigint as last, count(*) as lines from posting
      where organisation_id = $1 group by 1, 2
    ), said as (
      select member_id as owner_id, currency, lines from wallet where organisation_id = $1
      union all select id, currency, lines from budget where organisation_id = $1
    ), numbered as (
      select owner_id, reference, max(number)::bigint as last, count(*) as numbers from posting
      where organisation_id = $1 group by 1, 2)
    select concat_ws(' ', owner_id, currency) as subject, coalesce(said.lines, 0)::bigint as stored,
      coalesce(counted.lines, 0) as derived
    from said full join counted using (owner_id, currency)
    where coalesce(said.lines, 0) <> coalesce(counted.lines, 0)
      or counted.last <> counted.lines
    union all
    select concat_ws(' ', owner_id, reference), last, numbers from numbered where last <> numbers`,
};

/** Where what is stored contradicts itself; at most so many of each kind. */
export async function differences(
  tx: Tx,
  organisationId: string,
  limit: number,
): Promise<LedgerDifference[]> {
  const found: LedgerDifference[] = [];
  for (const [what, question] of Object.entries(questions)) {
    const rows = await tx.rows<Omit<LedgerDifference, 'what'>>(
      `select * from (${question}) as wrong order by subject limit ${limit}`,
      [organisationId],
    );
    found.push(...rows.map((row) => ({ what: what as LedgerDifference['what'], ...row })));
  }
  return found;
}

export interface Counted {
  postings: number;
  wallets: number;
  lots: number;
  movements: number;
  budgets: number;
}

export async function counts(tx: Tx, organisationId: string): Promise<Counted> {
  const count = (table: string) =>
    `(select count(*) from ${table} where organisation_id = $1)::int`;
  const row = await tx.one<Counted>(
    `select ${count('posting')} as postings, ${count('wallet')} as wallets,
       ${count('lot')} as lots, ${count('lot_movement')} as movements,
       ${count('budget')} as budgets`,
    [organisationId],
  );
  if (!row) throw new Error('counting answers nothing');
  return row;
}

/** What every account of each currency has, by the postings. */
export async function totals(
  tx: Tx,
  organisationId: string,
): Promise<{ currency: string; account: string; balance: number }[]> {
  return tx.rows<{ currency: string; account: string; balance: number }>(
    `with ${LEGS}
     select currency, account, sum(amount)::bigint as balance from legs group by 1, 2 order by 1, 2`,
    [organisationId],
  );
}
