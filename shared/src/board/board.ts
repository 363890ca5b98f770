import { z } from 'zod';
import { challengeStatuses } from '../challenge/challenge.js';
import { tieBreaks } from '../challenge/tie.js';
import { decimalStringSchema } from '../quantity/decimal.js';
import { daySchema } from '../time/day.js';

export const subjectSchema = z
  .object({ type: z.enum(['member', 'team']), id: z.string(), label: z.string() })
  .meta({ id: 'Subject' });
export type Subject = z.infer<typeof subjectSchema>;

/** A line of a board without its rank: a rank depends on all the others. */
export const boardEntrySchema = z
  .object({
    subject: subjectSchema,
    score: decimalStringSchema,
    reachedAt: daySchema.nullable(),
    reason: z.string().nullable().meta({ description: 'why there is no rank' }),
  })
  .meta({ id: 'BoardEntry' });
export type BoardEntry = z.infer<typeof boardEntrySchema>;

export const boardRowSchema = boardEntrySchema
  .extend({ rank: z.int().nullable() })
  .meta({ id: 'BoardRow' });
export type BoardRow = z.infer<typeof boardRowSchema>;

export const boardSchema = z
  .object({
    challengeId: z.uuid(),
    version: z.int().meta({ description: 'grows with every change of the board' }),
    status: z.enum(challengeStatuses),
    asOf: z.iso.datetime().meta({ description: 'data as of' }),
    total: z.int(),
    ties: z.enum(tieBreaks).optional().meta({ description: 'earliest where it is not said' }),
    rows: z.array(boardRowSchema),
  })
  .meta({ id: 'Board' });
export type Board = z.infer<typeof boardSchema>;
