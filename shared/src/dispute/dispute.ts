import { z } from 'zod';
import { decimalStringSchema } from '../quantity/decimal.js';
import { textSchema } from '../quantity/text.js';
import { daySchema } from '../time/day-schema.js';

export const disputeKinds = ['wrong', 'missing'] as const;
export const disputeStatuses = ['open', 'accepted', 'rejected'] as const;
export const outcomes = ['accepted', 'rejected'] as const;

/** What it should say, as far as the reporter knows. */
export const expectedSchema = z
  .strictObject({
    occurredOn: daySchema.optional(),
    amount: decimalStringSchema.optional(),
    customer: textSchema(200).optional(),
    reference: textSchema(200).optional().meta({ description: 'of the sale, where it is known' }),
  })
  .meta({ id: 'DisputeExpected' });

const fields = {
  challengeId: z.uuid(),
  text: textSchema(2_000),
  expected: expectedSchema.nullish(),
};

/** An activity of one’s own that is wrong, or a sale that is not there. */
export const disputeInputSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('wrong'),
      activityId: z.string().max(2_400).meta({ description: 'source~externalId, encoded' }),
      ...fields,
    }),
    z.strictObject({ kind: z.literal('missing'), ...fields }),
  ])
  .meta({ id: 'NewDispute' });
export type DisputeInput = z.output<typeof disputeInputSchema>;

export const resolutionSchema = z
  .strictObject({ outcome: z.enum(outcomes), answer: textSchema(2_000) })
  .meta({ id: 'Resolution' });
export type Resolution = z.output<typeof resolutionSchema>;

const someoneSchema = z.object({ id: z.uuid(), name: z.string() });

export const disputeSchema = z
  .object({
    id: z.uuid(),
    challenge: z.object({ id: z.uuid(), name: z.string() }),
    kind: z.enum(disputeKinds),
    activityId: z.string().nullable(),
    reporter: someoneSchema,
    text: z.string(),
    expected: expectedSchema.nullable(),
    status: z.enum(disputeStatuses),
    answer: z.string().nullable(),
    resolvedBy: someoneSchema.nullable(),
    createdAt: z.iso.datetime(),
    resolvedAt: z.iso.datetime().nullable(),
    mayResolve: z.boolean().meta({ description: 'the caller may answer it' }),
  })
  .meta({ id: 'Dispute' });
export type Dispute = z.output<typeof disputeSchema>;
