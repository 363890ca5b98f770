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
    total: z.int().optional().meta({ description: 'how many lines the board has then' }),
    window: z.int().optional().meta({
      description: 'the frames of a large board speak of so many of the best only',
    }),
  })
  .meta({ id: 'BoardFrame' });
export type BoardFrame = z.infer<typeof boardFrameSchema>;
