import { z } from 'zod';

/** A link to a board as those see it who may revoke it: its token is not told again. */
export const boardLinkViewSchema = z
  .object({
    id: z.uuid(),
    createdAt: z.iso.datetime(),
    createdBy: z
      .object({ id: z.uuid(), name: z.string() })
      .nullable()
      .meta({ description: 'null where a key or the server made it' }),
    lastUsedAt: z.iso.datetime().nullable().meta({
      description: 'when somebody last came by it, give or take a minute',
    }),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ListedBoardLink' });
export type BoardLinkView = z.infer<typeof boardLinkViewSchema>;
