import { decimalStringSchema } from '@palmares/shared/quantity/decimal';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import { daySchema } from '@palmares/shared/time/day-schema';
import { z } from 'zod';
import { toActivity } from './activity-row.js';
import type { RevisionRow } from './activity.store.js';

/** What a reader is shown of one revision of an activity. */
export const revisionSchema = z
  .object({
    revision: z.int(),
    seq: z.int(),
    supersededSeq: z.int().nullable(),
    recordedAt: z.iso.datetime(),
    withheld: z.boolean().meta({ description: 'kept from counting by a verdict' }),
    void: z.boolean(),
    version: z.int().nullable(),
    type: z.string(),
    occurredOn: daySchema,
    occurredAt: z.iso.datetime().nullable(),
    amount: decimalStringSchema.nullable(),
    quantity: decimalStringSchema.nullable(),
    shares: z.array(z.object({ memberId: z.uuid(), weight: decimalStringSchema })),
    item: z.string().nullable(),
    customer: z.string().nullable(),
  })
  .meta({ id: 'ActivityRevision' });

const decimal = (scaled: number | null) => (scaled === null ? null : formatScaled(scaled));

export function revisionView(row: RevisionRow): z.input<typeof revisionSchema> {
  const { revision, seq, supersededSeq, recordedAt, withheld, ...rest } = row;
  const { shares, amount, quantity, ...activity } = toActivity(rest);
  return {
    ...activity,
    revision,
    seq,
    supersededSeq,
    withheld,
    recordedAt: recordedAt.toISOString(),
    amount: decimal(amount),
    quantity: decimal(quantity),
    shares: shares.map(({ memberId, weight }) => ({ memberId, weight: formatScaled(weight) })),
  };
}
