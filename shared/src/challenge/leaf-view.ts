import { z } from 'zod';
import { verdictSchema } from '../activity/verdict.js';
import { decimalStringSchema } from '../quantity/decimal.js';
import { daySchema } from '../time/day-schema.js';
import { scoreReasons } from './reason.js';

/** An activity under a measure of a proof. */
export const leafSchema = z
  .object({
    node: z.literal('activity'),
    id: z.string().meta({ description: 'source~externalId, each percent-encoded' }),
    source: z.string(),
    externalId: z.string(),
    revision: z.int(),
    seq: z.int(),
    recordedAt: z.iso.datetime(),
    type: z.string(),
    occurredOn: daySchema,
    occurredAt: z.iso.datetime().nullable(),
    item: z.string().nullable(),
    customer: z.string().nullable(),
    amount: decimalStringSchema.nullable(),
    quantity: decimalStringSchema.nullable(),
    weight: decimalStringSchema.meta({ description: 'the subject’s share of it' }),
    lines: z.array(
      z.object({
        product: z.string(),
        quantity: decimalStringSchema.nullable(),
        amount: decimalStringSchema.nullable(),
      }),
    ),
    verdict: verdictSchema.nullable(),
    withheld: z.boolean().meta({ description: 'kept from counting by the verdict' }),
    count: decimalStringSchema,
    sum: decimalStringSchema.meta({ description: 'what it gives to the subject in this measure' }),
  })
  .meta({ id: 'ProofActivity' });
export type LeafView = z.infer<typeof leafSchema>;

export const leafPageSchema = z
  .object({
    version: z.int().meta({ description: 'the `seq` that it is of' }),
    items: z.array(leafSchema),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'ProofActivityPage' });

const standingSchema = z.object({
  score: decimalStringSchema,
  rank: z.int().nullable(),
  reason: z.enum(scoreReasons).nullable(),
  reachedAt: daySchema.nullable(),
});

/** A score beside what it would be if one activity were not there. */
export const withoutSchema = z
  .object({
    version: z.int(),
    id: z.string(),
    counts: z
      .boolean()
      .meta({ description: 'false: void or withheld, so that nothing would change' }),
    with: standingSchema,
    without: standingSchema,
  })
  .meta({ id: 'ScoreWithout' });
export type WithoutView = z.infer<typeof withoutSchema>;
