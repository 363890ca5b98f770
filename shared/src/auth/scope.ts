import { z } from 'zod';

/** What an API key may do. `admin` includes the others. */
export const scopes = ['activities:write', 'people:write', 'read', 'admin'] as const;
export type Scope = (typeof scopes)[number];
export const scopeSchema = z.enum(scopes);
