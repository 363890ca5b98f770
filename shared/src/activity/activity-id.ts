import { z } from 'zod';
import { textSchema } from '../quantity/text.js';

const SEPARATOR = '~';

const encode = (text: string) => encodeURIComponent(text).replaceAll(SEPARATOR, '%7E');

/** An activity's identity as one word of an address: `crm~1C1I7A6R%23closed`. */
export const activityIdOf = ({ source, externalId }: { source: string; externalId: string }) =>
  `${encode(source)}${SEPARATOR}${encode(externalId)}`;

/** Reads an id back, or refuses it. */
export const activityIdSchema = z
  .string()
  // Two texts of 60 and 200 characters, each of which takes up to nine when encoded.
  .max(2_400)
  .transform((id, context) => {
    const parts = id.split(SEPARATOR);
    try {
      const [source, externalId] = parts.map((part) => decodeURIComponent(part));
      const parsed = z.tuple([textSchema(60), textSchema(200)]).safeParse([source, externalId]);
      if (parts.length === 2 && parsed.success) {
        return { source: parsed.data[0], externalId: parsed.data[1] };
      }
    } catch {
      // Not an encoded text: refused below.
    }
    context.addIssue({ code: 'custom', message: 'not the id of an activity' });
    return z.NEVER;
  })
  .pipe(z.object({ source: z.string(), externalId: z.string() }));
