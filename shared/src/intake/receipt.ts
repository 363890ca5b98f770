import { z } from 'zod';
import { refusalSchema, type Refusal } from '../problem/refusal.js';

export const intakeModes = ['partial', 'atomic'] as const;

/** The most activities that one request may carry. */
export const BATCH_MAX = 5_000;

/** What became of an item that was not refused. */
export const outcomes = ['recorded', 'revised', 'unchanged', 'stale', 'waiting'] as const;
export type Outcome = (typeof outcomes)[number];

/** What became of a batch. */
export const receiptSchema = z
  .object({
    recorded: z.int(),
    revised: z.int(),
    unchanged: z.int(),
    stale: z.int().meta({ description: 'older than what is known, by their version' }),
    waiting: z.int().meta({ description: 'for a member that nobody knows yet' }),
    refused: z.array(refusalSchema),
  })
  .meta({ id: 'Receipt' });
export type Receipt = z.infer<typeof receiptSchema>;

/** Counts outcomes into a receipt. */
export function receiptOf(list: readonly Outcome[], refused: readonly Refusal[]): Receipt {
  const receipt: Receipt = {
    recorded: 0,
    revised: 0,
    unchanged: 0,
    stale: 0,
    waiting: 0,
    refused: refused.toSorted((a, b) => a.index - b.index),
  };
  for (const outcome of list) receipt[outcome] += 1;
  return receipt;
}
