import { asOfSchema } from '@palmares/shared/board/as-of';
import { z } from 'zod';

export const boardQuerySchema = z.strictObject({
  asOf: asOfSchema.optional(),
  around: z.literal('me').optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
