import { z } from 'zod';
import { boardEntrySchema } from './board.js';

/** What moved on one board since `baseVersion`; the receiver ranks. */
export const boardFrameSchema = z
  .object({
    challengeId: z.uuid(),
    version: z.int(),
    baseVersion: z.int(),
    asOf: z.iso.datetime(),
    rows: z.array(boardEntrySchema),
    removed: z.array(z.string()),
  })
  .meta({ id: 'BoardFrame' });
export type BoardFrame = z.infer<typeof boardFrameSchema>;
