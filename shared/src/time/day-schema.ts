import { z } from 'zod';

/** A day that exists, between the years 1900 and 2199. */
export const daySchema = z.iso
  .date({ error: 'a date like 2026-09-30', abort: true })
  .refine((day) => day >= '1900-01-01' && day < '2200-01-01', { error: 'a year from 1900 to 2199' })
  .meta({ id: 'Day', description: 'A local day, YYYY-MM-DD', examples: ['2026-09-30'] });
