import { z } from 'zod';
import { decimalStringSchema } from '../quantity/decimal.js';
import { daySchema } from '../time/day-schema.js';
import { subjectSchema } from './board.js';

/** One subject’s way through a challenge: its rank and its score at the end of each day. */
const raceLineSchema = z
  .object({
    subject: subjectSchema,
    me: z.boolean().meta({ description: 'the caller, or the team they are in' }),
    ranks: z.array(z.int().nullable()).meta({ description: 'null while there is no rank' }),
    scores: z.array(decimalStringSchema.nullable()),
  })
  .meta({ id: 'RaceLine' });

export const raceSchema = z
  .object({
    challengeId: z.uuid(),
    days: z.array(daySchema).meta({
      description: 'days of the window so far; of a long one not every day, but always the last',
    }),
    lines: z.array(raceLineSchema).meta({ description: 'as the board stands on the last day' }),
  })
  .meta({ id: 'Race' });
export type Race = z.infer<typeof raceSchema>;
