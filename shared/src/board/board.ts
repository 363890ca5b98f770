import { z } from 'zod';
import { challengeStatuses } from '../challenge/challenge.js';
import { tieBreaks } from '../challenge/tie.js';
import { visibilities } from '../challenge/visibility.js';
import { decimalStringSchema, exactSchema } from '../quantity/decimal.js';
import { daySchema } from '../time/day-schema.js';

export const subjectSchema = z
  .object({
    type: z.enum(['member', 'team']),
    id: z.string(),
    label: z.string().nullable().meta({
      description:
        'null for whoever the caller may not see; the id is then good for this board only',
    }),
  })
  .meta({ id: 'Subject' });
export type Subject = z.infer<typeof subjectSchema>;

/** A line of a board without its rank: a rank depends on all the others. */
export const boardEntrySchema = z
  .object({
    subject: subjectSchema,
    score: decimalStringSchema,
    exact: exactSchema,
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
    view: z
      .object({
        policy: z.enum(visibilities).meta({ description: 'whose names the board shows' }),
        me: z.string().nullable().meta({ description: 'the subject that is the caller' }),
        window: z.int().nullable().meta({
          description: 'live frames are of so many of the best; null: of everybody',
        }),
      })
      .optional(),
    rows: z.array(boardRowSchema),
  })
  .meta({ id: 'Board' });
export type Board = z.infer<typeof boardSchema>;
