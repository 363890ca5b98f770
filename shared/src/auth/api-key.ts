import { z } from 'zod';
import { textSchema } from '../quantity/text.js';
import { scopeSchema } from './scope.js';

export const apiKeyInputSchema = z
  .strictObject({
    name: textSchema(120),
    scopes: z
      .array(scopeSchema)
      .min(1)
      .transform((list) => [...new Set(list)])
      .pipe(z.array(scopeSchema)),
  })
  .meta({ id: 'ApiKeyInput' });
export type ApiKeyInput = z.output<typeof apiKeyInputSchema>;

export const apiKeySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: z.array(scopeSchema),
    createdAt: z.iso.datetime(),
    createdBy: z
      .object({ id: z.uuid(), name: z.string() })
      .nullable()
      .meta({ description: 'the admin who made it; null for the command line' }),
    orphaned: z.boolean().meta({
      description: 'its maker has left or is no longer an admin: the key opens nothing',
    }),
    lastUsedAt: z.iso.datetime().nullable().meta({ description: 'to the minute' }),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKeyView = z.infer<typeof apiKeySchema>;

export const issuedApiKeySchema = z
  .object({ id: z.uuid(), key: z.string().meta({ description: 'shown once' }) })
  .meta({ id: 'IssuedApiKey' });
