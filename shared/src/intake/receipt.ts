import { z } from 'zod';

export const intakeModes = ['partial', 'atomic'] as const;

/** The most activities that one request may carry. */
export const BATCH_MAX = 5_000;

/** Why one item of a batch was not recorded. */
export const refusalSchema = z
  .object({
    index: z.int().meta({ description: 'place in the batch, from 0' }),
    pointer: z.string().meta({ description: 'RFC 6901, into the item' }),
    code: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'Refusal' });
export type Refusal = z.infer<typeof refusalSchema>;

/** What became of a batch. */
export const receiptSchema = z
  .object({
    recorded: z.int(),
    revised: z.int(),
    unchanged: z.int(),
    refused: z.array(refusalSchema),
  })
  .meta({ id: 'Receipt' });
export type Receipt = z.infer<typeof receiptSchema>;
