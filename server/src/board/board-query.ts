import { z } from 'zod';

const asOfSchema = z
  .union([z.coerce.number().int().min(0), z.iso.datetime({ offset: true })], {
    error: 'a seq, or an instant with its offset',
  })
  .meta({ description: 'a `seq` or an instant: the board as it was served then' });

export const boardQuerySchema = z.strictObject({
  asOf: asOfSchema.optional(),
  around: z.literal('me').optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
