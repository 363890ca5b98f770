import { payoutLineSchema, worstCase } from '@palmares/shared/challenge/payout';
import { ruleSchema } from '@palmares/shared/challenge/rules/registry';
import { daysBetween } from '@palmares/shared/time/day';
import { z } from 'zod';
import { sentOf, type Draft } from './draft';

export interface Cost {
  /** the most that it may cost; null where nothing limits it, or while something is missing */
  points: number | null;
  /** the lines of the payout that need a cap */
  unbounded: readonly number[];
}

const read = z.object({ rules: z.array(ruleSchema), payout: z.array(payoutLineSchema) });

/** What a draft may cost at the most, as soon as its rules and prizes are complete. */
export function costOf({ rules, payout, from, to }: Draft, subjects: number): Cost {
  const found = read.safeParse({ rules: sentOf(rules), payout: sentOf(payout) });
  const days = from && to && from < to ? daysBetween(from, to) : undefined;
  if (!found.success || days === undefined) return { points: null, unbounded: [] };
  const worst = worstCase(found.data.payout, found.data.rules, subjects, days);
  return worst.ok
    ? { points: worst.points, unbounded: [] }
    : { points: null, unbounded: worst.lines };
}
