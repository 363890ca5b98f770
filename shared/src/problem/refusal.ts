import { z } from 'zod';

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
