import type { Dispute, disputeInputSchema } from '@palmares/shared/dispute/dispute';
import type { z } from 'zod';
import { ask, askAll } from '../http/http';

export type { Dispute };

export const readMyDisputes = (): Promise<Dispute[]> => askAll('/api/disputes', { mine: 'true' });

export const report = (body: z.input<typeof disputeInputSchema>): Promise<Dispute> =>
  ask('/api/disputes', { method: 'POST', body });
