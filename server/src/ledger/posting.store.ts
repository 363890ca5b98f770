import type { Lot, Part, Posting } from '@palmares/shared/ledger/posting';
import { copyValue } from '../platform/copy-text.js';
import type { Tx } from '../platform/database.js';
import type { WalletName } from './wallet.store.js';

/** A posting with whose it is, what for, and its places in the two counts. */
export interface Entry {
  posting: Posting;
  ownerId: string;
  currency: string;
  line: number;
  reference: string;
  number: number;
  budgetId: string | null;
  reason: string;
}

/** What all postings of one command share. */
export interface Stamp {
  organisationId: string;
  seq: number | null;
  now: Date;
  actor: string | null;
}

const row = (values: readonly Parameters<typeof copyValue>[0][]) =>
  `${values.map(copyValue).join('\t')}\n`;

/** Appends postings. One that is there already under its reference and number is an error. */
export async function append(tx: Tx, stamp: Stamp, entries: readonly Entry[]): Promise<void> {
  const { organisationId, seq, now, actor } = stamp;
  const shared = [organisationId, seq, now, actor].map(copyValue).join('\t');
  const lines = entries.map(({ posting, ...entry }) => {
    const { id, from, to, amount, reverses } = posting;
    const { ownerId, currency, line, reference, number, budgetId, reason } = entry;
    const what = [id, ownerId, currency, line, reference, number, from, to, amount];
    return `${shared}\t${row([...what, budgetId, reverses, reason])}`;
  });
  await tx.copy(
    `posting (organisation_id, seq, posted_at, actor, id, owner_id, currency, line, reference,
       number, from_account, to_account, amount, budget_id, reverses, reason)`,
    lines.join(''),
  );
}

export async function appendMovements(
  tx: Tx,
  { organisationId }: Stamp,
  entries: readonly Entry[],
): Promise<void> {
  const lines = entries.flatMap(({ posting: { id, parts } }) =>
    parts.map(({ lotId, amount }) => `${organisationId}\t${id}\t${lotId}\t${amount}\n`),
  );
  if (lines.length === 0) return;
  await tx.copy('lot_movement (organisation_id, posting_id, lot_id, amount)', lines.join(''));
}

/** A lot that was made, as it is now, and of how many points it was. */
export type MadeLot = Lot & WalletName & { amount: number };

export async function appendLots(
  tx: Tx,
  { organisationId }: Stamp,
  lots: readonly MadeLot[],
): Promise<void> {
  if (lots.length === 0) return;
  const lines = lots.map((lot) => {
    const { id, memberId, currency, reference, regime, expiresOn, amount } = lot;
    const { pending, available, held, expired } = lot;
    const what = [organisationId, id, memberId, currency, reference, regime, expiresOn, amount];
    return row([...what, pending, available, held, expired]);
  });
  await tx.copy(
    `lot (organisation_id, id, member_id, currency, reference, regime, expires_on, amount,
       pending, available, held, expired)`,
    lines.join(''),
  );
}

/** Somebody's postings for something. */
export interface About {
  reference: string;
  ownerId: string;
}

export interface Standing {
  /** Paid less taken back. */
  posted: number;
  /** How many postings there are. */
  count: number;
}

/** What stands posted, in the order asked; each is looked up by key. */
export async function standings(
  tx: Tx,
  organisationId: string,
  about: readonly About[],
): Promise<Standing[]> {
  if (about.length === 0) return [];
  return tx.rows<Standing>(
    `select found.posted, found.count
     from unnest($2::text[], $3::uuid[]) with ordinality as asked (reference, owner_id, at)
       cross join lateral (
         select count(*)::int as count, coalesce(sum(case
             when from_account in ('issuance', 'budget') then amount
             when to_account in ('issuance', 'budget') then -amount end), 0)::bigint as posted
         from posting where organisation_id = $1 and posting.reference = asked.reference
           and posting.owner_id = asked.owner_id
         offset 0) as found
     order by at`,
    [organisationId, about.map((one) => one.reference), about.map((one) => one.ownerId)],
    'posting.standings',
  );
}

type FoundRow = Omit<Posting, 'parts' | 'makes'> & { currency: string; parts: Part[] | null };

/** A posting as it was written, in which currency. */
export type Found = Posting & { currency: string };

/** Somebody's postings under one reference, in their order. */
export async function under(
  tx: Tx,
  organisationId: string,
  { reference, ownerId }: About,
): Promise<Found[]> {
  const rows = await tx.rows<FoundRow>(
    `select id, from_account as "from", to_account as "to", amount, reverses, currency,
       (select json_agg(json_build_object('lotId', lot_id, 'amount', amount))
          from lot_movement where organisation_id = $1 and posting_id = posting.id) as parts
     from posting where organisation_id = $1 and reference = $2 and owner_id = $3
     order by number`,
    [organisationId, reference, ownerId],
    'posting.under',
  );
  return rows.map(({ parts, ...posting }) => ({ ...posting, parts: parts ?? [], makes: null }));
}

/** Who has been paid something pending under these references. */
export async function pending(
  tx: Tx,
  organisationId: string,
  references: readonly string[],
): Promise<{ reference: string; memberId: string }[]> {
  return tx.rows<{ reference: string; memberId: string }>(
    `select distinct reference, owner_id as "memberId" from posting
     where organisation_id = $1 and reference = any($2::text[]) and to_account = 'pending'
     order by "memberId", reference`,
    [organisationId, references],
  );
}
