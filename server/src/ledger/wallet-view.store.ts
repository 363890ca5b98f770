import { POINTS } from '@palmares/shared/ledger/currency';
import type { LotView, PostingView, WalletQuery } from '@palmares/shared/ledger/wallet';
import type { Tx } from '../platform/database.js';

export interface WalletRow {
  currency: string;
  available: number;
  pending: number;
  held: number;
  owed: number;
  nextOn: string | null;
  nextAmount: number | null;
}

/** The wallets of a member that have had a posting, each with what expires next. */
export async function walletsOf(
  tx: Tx,
  organisationId: string,
  memberId: string,
): Promise<WalletRow[]> {
  return tx.rows<WalletRow>(
    `select wallet.currency, available, pending, held, -owed as owed,
       next.expires_on as "nextOn", next.amount as "nextAmount"
     from wallet left join lateral (
       select expires_on, sum(available)::bigint as amount from lot
       where lot.organisation_id = $1 and lot.member_id = $2 and lot.currency = wallet.currency
         and lot.available > 0 and expires_on is not null
       group by expires_on order by expires_on limit 1) as next on true
     where wallet.organisation_id = $1 and wallet.member_id = $2`,
    [organisationId, memberId],
    'wallet.view',
  );
}

interface PostingRow extends Omit<PostingView, 'postedAt'> {
  postedAt: Date;
}

/** A page of a statement, the latest first; the balance runs along all lines of the wallet. */
export async function statement(
  tx: Tx,
  organisationId: string,
  memberId: string,
  { currency, limit, cursor }: WalletQuery,
): Promise<PostingView[]> {
  const rows = await tx.rows<PostingRow>(
    `select * from (
       select id, line, posted_at as "postedAt", reference, reason, from_account as "from",
         to_account as "to", amount, reverses, change,
         (sum(change) over (order by line))::bigint as available
       from posting cross join lateral (select case 'available'
         when to_account then amount when from_account then -amount else 0 end as change) as effect
       where organisation_id = $1 and owner_id = $2 and currency = $3) as lines
     where $4::int is null or line < $4 order by line desc limit $5`,
    [organisationId, memberId, currency, cursor ?? null, limit],
    'posting.statement',
  );
  return rows.map((row) => ({ ...row, postedAt: row.postedAt.toISOString() }));
}

interface LotRow extends Omit<LotView, 'earnedAt'> {
  earnedAt: Date;
}

/** Lots that still have something, the earliest to expire first. */
export async function lots(
  tx: Tx,
  organisationId: string,
  memberId: string,
  { currency, limit, cursor }: WalletQuery,
): Promise<LotView[]> {
  const rows = await tx.rows<LotRow>(
    `select lot.id, lot.reference, regime, posting.posted_at as "earnedAt",
       expires_on as "expiresOn", lot.amount, available, pending, held
     from lot join posting on posting.organisation_id = $1 and posting.id = lot.id
     where lot.organisation_id = $1 and member_id = $2 and lot.currency = $3
       and available + pending + held > 0
       and ($4::uuid is null or (coalesce(expires_on, 'infinity'), lot.id) >
         (select coalesce(expires_on, 'infinity'), id from lot
          where organisation_id = $1 and id = $4))
     order by coalesce(expires_on, 'infinity'), lot.id limit $5`,
    [organisationId, memberId, currency, cursor ?? null, limit],
    'lot.list',
  );
  return rows.map((row) => ({ ...row, earnedAt: row.earnedAt.toISOString() }));
}

export async function lastLine(tx: Tx, organisationId: string, memberId: string): Promise<number> {
  const row = await tx.one<{ lines: number }>(
    'select lines from wallet where organisation_id = $1 and member_id = $2 and currency = $3',
    [organisationId, memberId, POINTS],
  );
  return row?.lines ?? 0;
}

/** A posting as it is told: by what it changed the points that may be spent, and what these are. */
export interface Posted {
  line: number;
  currency: string;
  amount: number;
  reason: string;
  available: number;
}

export async function postedSince(
  tx: Tx,
  organisationId: string,
  memberId: string,
  line: number,
): Promise<Posted[]> {
  return tx.rows<Posted>(
    `select line, currency, reason, available,
       (case when to_account = 'available' then amount else 0 end
         - case when from_account = 'available' then amount else 0 end) as amount
     from posting join wallet using (organisation_id, currency)
     where organisation_id = $1 and owner_id = $2 and member_id = $2 and currency = $4 and line > $3
     order by line limit 1000`,
    [organisationId, memberId, line, POINTS],
    'posting.since',
  );
}
