import type { Lot, Wallet } from '@palmares/shared/ledger/posting';
import { emptyWallet } from '@palmares/shared/ledger/posting';
import { copyValue } from '../platform/copy-text.js';
import type { Tx } from '../platform/database.js';

/** Whose wallet, in which points currency. */
export interface WalletName {
  memberId: string;
  currency: string;
}

/** A wallet that is locked in this transaction; `lots` are those that have been read or made. */
export interface OpenWallet extends WalletName {
  wallet: Wallet;
  /** Lots as they are stored. */
  stored: ReadonlySet<Lot>;
  lines: number;
  /** False for one that has no row yet, which only a turn may make. */
  known: boolean;
}

export const nameOf = ({ memberId, currency }: WalletName) => `${memberId} ${currency}`;

type WalletRow = WalletName & Omit<Wallet, 'lots'> & { lines: number };

const columns = 'member_id as "memberId", currency, pending, available, held, owed, lines';
const names = (wallets: readonly WalletName[]) => [
  wallets.map(({ memberId }) => memberId),
  wallets.map(({ currency }) => currency),
];

const opened = ({ memberId, currency, lines, ...balances }: WalletRow): OpenWallet => {
  const wallet = { ...balances, lots: [] };
  return { memberId, currency, wallet, stored: new Set(), lines, known: true };
};

const unknown = ({ memberId, currency }: WalletName): OpenWallet => {
  return { memberId, currency, wallet: emptyWallet, stored: new Set(), lines: 0, known: false };
};

/** Locks the wallets, in the one order; those that are not there yet are empty. */
export async function lock(
  tx: Tx,
  organisationId: string,
  wallets: readonly WalletName[],
): Promise<Map<string, OpenWallet>> {
  const rows = await tx.rows<WalletRow>(
    `select ${columns} from wallet where organisation_id = $1
       and (member_id, currency) in (select * from unnest($2::uuid[], $3::text[]))
     order by member_id, currency for update`,
    [organisationId, ...names(wallets)],
    'wallet.lock',
  );
  const open = new Map(rows.map((row) => [nameOf(row), opened(row)]));
  for (const one of wallets) {
    if (!open.has(nameOf(one))) open.set(nameOf(one), unknown(one));
  }
  return open;
}

/** Organisations in which something is overdue on a day; one look-up each. */
export async function overdue(tx: Tx, today: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select id from organisation where exists (select from lot
       where organisation_id = organisation.id and available > 0 and expires_on <= $1)
     order by id`,
    [today],
    'lot.overdue',
  );
  return rows.map(({ id }) => id);
}

/** Locks some of the wallets in which something is overdue, but for those that others have. */
export async function lockOverdue(
  tx: Tx,
  organisationId: string,
  today: string,
  limit: number,
): Promise<OpenWallet[]> {
  const rows = await tx.rows<WalletRow>(
    `select ${columns} from wallet where organisation_id = $1
       and (member_id, currency) in (select member_id, currency from lot
         where organisation_id = $1 and available > 0 and expires_on <= $2)
     order by member_id, currency limit $3 for update skip locked`,
    [organisationId, today, limit],
  );
  return rows.map(opened);
}

type LotRow = Lot & WalletName;

/** Reads every lot of some wallets, which are locked. */
export async function loadLots(
  tx: Tx,
  organisationId: string,
  wallets: readonly OpenWallet[],
): Promise<void> {
  const loaded = wallets.filter(({ known }) => known);
  if (loaded.length === 0) return;
  const rows = await tx.rows<LotRow>(
    `select id, member_id as "memberId", currency, reference, regime, expires_on as "expiresOn",
       pending, available, held, expired
     from lot where organisation_id = $1
       and (member_id, currency) in (select * from unnest($2::uuid[], $3::text[]))`,
    [organisationId, ...names(loaded)],
    'lot.of_wallets',
  );
  const byWallet = new Map(loaded.map((open) => [nameOf(open), [] as Lot[]]));
  for (const { memberId, currency, ...lot } of rows) {
    byWallet.get(nameOf({ memberId, currency }))?.push(lot);
  }
  for (const open of loaded) {
    const lots = byWallet.get(nameOf(open)) ?? [];
    open.wallet = { ...open.wallet, lots };
    open.stored = new Set(lots);
  }
}

const balances = ({ wallet: { pending, available, held, owed }, lines }: OpenWallet) =>
  [pending, available, held, owed, lines] as const;

/** Writes the balances of wallets; new ones by COPY. */
export async function write(
  tx: Tx,
  organisationId: string,
  wallets: readonly OpenWallet[],
): Promise<void> {
  const fresh = wallets.filter(({ known }) => !known);
  if (fresh.length > 0) {
    const rows = fresh.map((one) => {
      const values = [organisationId, one.memberId, one.currency, ...balances(one)];
      return `${values.map(copyValue).join('\t')}\n`;
    });
    const into = 'organisation_id, member_id, currency, pending, available, held, owed, lines';
    await tx.copy(`wallet (${into})`, rows.join(''));
  }
  const changed = wallets.filter(({ known }) => known);
  if (changed.length === 0) return;
  const values = changed.map(balances);
  await tx.rows(
    `update wallet set pending = new.pending, available = new.available, held = new.held,
       owed = new.owed, lines = new.lines
     from unnest($2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
         $8::int[]) as new (member_id, currency, pending, available, held, owed, lines)
     where wallet.organisation_id = $1 and wallet.member_id = new.member_id
       and wallet.currency = new.currency`,
    [organisationId, ...names(changed), ...[0, 1, 2, 3, 4].map((at) => values.map((v) => v[at]))],
    'wallet.write',
  );
}

/** Writes where the points of known lots are. */
export async function writeLots(
  tx: Tx,
  organisationId: string,
  lots: readonly Lot[],
): Promise<void> {
  if (lots.length === 0) return;
  await tx.rows(
    `update lot set pending = new.pending, available = new.available, held = new.held,
       expired = new.expired
     from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
       as new (id, pending, available, held, expired)
     where lot.organisation_id = $1 and lot.id = new.id`,
    [
      organisationId,
      lots.map(({ id }) => id),
      lots.map(({ pending }) => pending),
      lots.map(({ available }) => available),
      lots.map(({ held }) => held),
      lots.map(({ expired }) => expired),
    ],
    'lot.write',
  );
}
