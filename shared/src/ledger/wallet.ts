import { z } from 'zod';
import { formSchema, textSchema } from '../quantity/text.js';
import { POINTS } from './currency.js';
import { daySchema } from '../time/day-schema.js';
import { accounts } from './posting.js';

/** The most points that one adjustment may give or take. */
export const ADJUSTMENT_MAX = 1_000_000_000;

const currencySchema = formSchema(
  40,
  /^[a-z][a-z0-9-]{0,39}$/,
  'the code of a points currency',
).meta({ id: 'PointsCurrency', examples: [POINTS] });
const pointsSchema = z.int().meta({ description: 'whole points' });
const instantSchema = z.iso.datetime();

const querySchema = z.strictObject({
  currency: currencySchema.default(POINTS),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const statementQuerySchema = querySchema.extend({
  cursor: formSchema(9, /^\d{1,9}$/, 'a cursor of a statement').optional(),
});
export const lotQuerySchema = querySchema.extend({ cursor: z.uuid().optional() });
export type WalletQuery = z.output<typeof statementQuerySchema>;

const balancesSchema = {
  currency: currencySchema,
  available: pointsSchema.meta({ description: 'to spend now' }),
  pending: pointsSchema.meta({ description: 'earned, not to be spent yet' }),
  held: pointsSchema.meta({ description: 'set aside for orders' }),
  owed: pointsSchema.meta({
    description: 'taken back after it was spent; paid by what comes next',
  }),
};

/** The accounts of a member, one entry for each points currency. */
export const walletSchema = z
  .object({
    memberId: z.uuid(),
    wallets: z.array(
      z.object({
        ...balancesSchema,
        nextExpiry: z
          .object({ on: daySchema, amount: pointsSchema })
          .nullable()
          .meta({ description: 'what expires next, on the first day on which it is gone' }),
      }),
    ),
  })
  .meta({ id: 'Wallet' });
export type WalletView = z.input<typeof walletSchema>;

/** A line of a statement. */
export const postingSchema = z
  .object({
    id: z.uuid(),
    line: z.int().meta({ description: 'its place in the statement, from 1' }),
    postedAt: instantSchema,
    reference: z.string().meta({ description: 'what for' }),
    reason: z.string(),
    from: z.enum(accounts),
    to: z.enum(accounts),
    amount: pointsSchema,
    change: pointsSchema.meta({ description: 'what it does to the points to spend' }),
    available: pointsSchema.meta({ description: 'the points to spend after it' }),
    reverses: z.uuid().nullable().meta({ description: 'the posting that it takes back' }),
  })
  .meta({ id: 'Posting' });
export type PostingView = z.input<typeof postingSchema>;

export const postingPageSchema = z
  .object({ items: z.array(postingSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'PostingPage' });

export const lotSchema = z
  .object({
    id: z.uuid(),
    reference: z.string(),
    regime: z.string(),
    earnedAt: instantSchema,
    expiresOn: daySchema.nullable().meta({ description: 'the first day on which they are gone' }),
    amount: pointsSchema.meta({ description: 'how many there were' }),
    available: pointsSchema,
    pending: pointsSchema,
    held: pointsSchema,
  })
  .meta({ id: 'Lot' });
export type LotView = z.input<typeof lotSchema>;

export const lotPageSchema = z
  .object({ items: z.array(lotSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'LotPage' });

export const adjustmentSchema = z
  .strictObject({
    memberId: z.uuid(),
    currency: currencySchema.default(POINTS),
    amount: z
      .int()
      .min(-ADJUSTMENT_MAX)
      .max(ADJUSTMENT_MAX)
      .refine((amount) => amount !== 0, { error: 'not nothing' })
      .meta({ description: 'points given, or taken when below zero' }),
    reason: textSchema(500).refine((text) => text.trim() !== '', { error: 'a reason' }),
  })
  .meta({ id: 'Adjustment' });
export type Adjustment = z.output<typeof adjustmentSchema>;

export const adjustedSchema = z
  .object({
    reference: z.string(),
    memberId: z.uuid(),
    ...balancesSchema,
  })
  .meta({ id: 'Adjusted', description: 'the wallet after an adjustment' });
export type Adjusted = z.input<typeof adjustedSchema>;

export const budgetPageSchema = z
  .object({
    items: z.array(
      z
        .object({
          id: z.uuid().meta({ description: 'the id of what it is for' }),
          name: z.string(),
          currency: currencySchema,
          reserved: pointsSchema.meta({ description: 'put in' }),
          paid: pointsSchema.meta({ description: 'paid to members, less what came back' }),
          returned: pointsSchema.meta({ description: 'given back when nothing more was due' }),
          left: pointsSchema,
        })
        .meta({ id: 'Budget' }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'BudgetPage' });

/** Every way in which what is stored can contradict itself. */
export const ledgerFaults = [
  'sum',
  'wallet',
  'wallet-lots',
  'lot',
  'movements',
  'budget',
  'expired',
  'lines',
] as const;

export const ledgerCheckSchema = z
  .object({
    differences: z.int().meta({ description: 'none when all is well' }),
    first: z.array(
      z.object({
        what: z.enum(ledgerFaults),
        subject: z.string().meta({ description: 'whose, or which' }),
        stored: z.int(),
        derived: z.int().meta({ description: 'what the postings say' }),
      }),
    ),
    checked: z.object({
      postings: z.int(),
      wallets: z.int(),
      lots: z.int(),
      movements: z.int(),
      budgets: z.int(),
    }),
    currencies: z.array(
      z.object({
        currency: currencySchema,
        accounts: z.record(z.enum(accounts), pointsSchema),
      }),
    ),
  })
  .meta({ id: 'LedgerCheck' });
