import { z } from 'zod';

/** One of one’s own sessions: a browser in which somebody is signed in. */
export const ownSessionSchema = z
  .object({
    id: z.uuid(),
    signedInAt: z.iso.datetime(),
    seenAt: z.iso.datetime().meta({ description: 'when it was last used, within an hour' }),
    browser: z.string().nullable(),
    system: z.string().nullable(),
    current: z.boolean().meta({ description: 'the one that asks' }),
  })
  .meta({ id: 'OwnSession' });
export type OwnSession = z.infer<typeof ownSessionSchema>;

export const ownSessionsSchema = z
  .object({ items: z.array(ownSessionSchema), nextCursor: z.null() })
  .meta({ id: 'OwnSessions' });
