import { z } from 'zod';
import { formSchema } from '../quantity/text.js';

/** A `seq` in an address: digits and nothing else, so that an empty one is not taken for 0. */
export const seqSchema = formSchema(15, /^\d{1,15}$/, 'a seq')
  .transform(Number)
  .meta({ description: 'a `seq`' });

export const asOfSchema = z
  .union([seqSchema, z.iso.datetime({ offset: true }).max(40)], {
    error: 'a seq, or an instant with its offset',
  })
  .meta({ description: 'a `seq` or an instant: the board as it was served then' });
