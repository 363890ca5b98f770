import type { Day } from '@palmares/shared/time/day';
import { daySchema } from '@palmares/shared/time/day-schema';
import { z } from 'zod';

/** Where in business order a page ends. */
export interface Mark {
  occurredOn: Day;
  occurredAt: string | null;
  source: string;
  externalId: string;
}

const partsSchema = z.tuple([daySchema, z.iso.datetime().nullable(), z.string(), z.string()]);

/** Where a page of activities ends, as a cursor. */
export function writeMark({ occurredOn, occurredAt, source, externalId }: Mark): string {
  const parts = [occurredOn, occurredAt, source, externalId];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Reads a cursor back, or refuses it. */
export const markSchema = z
  .string()
  .max(2_000)
  .transform((cursor, context): Mark => {
    try {
      const text = Buffer.from(cursor, 'base64url').toString();
      const [occurredOn, occurredAt, source, externalId] = partsSchema.parse(JSON.parse(text));
      return { occurredOn, occurredAt, source, externalId };
    } catch {
      context.addIssue({ code: 'custom', message: 'not a cursor of this list' });
      return z.NEVER;
    }
  });
