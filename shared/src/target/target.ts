import { z } from 'zod';
import { memberReferenceSchema } from '../activity/input.js';
import { fromScaled, plus, times, type Fraction } from '../quantity/fraction.js';
import { decimalSchema, decimalStringSchema } from '../quantity/decimal.js';
import { AMOUNT_MAX } from '../quantity/scaled.js';
import { formSchema, textSchema } from '../quantity/text.js';
import { daysBetween } from '../time/day.js';
import { periodSchema, type Window } from '../time/period.js';
import { commonOf, type Stretch } from '../people/stretch.js';

/** What a subject is to reach in some days; scaled. */
export interface Target extends Window {
  value: number;
}

/**
 * The targets that make up a window: one for all of it, else the longest that follow each other
 * from its first day to its last. Undefined when a day is left without.
 */
export function targetsIn(targets: readonly Target[], window: Window): Target[] | undefined {
  const found: Target[] = [];
  for (let day = window.from; day < window.to;) {
    const next = targets
      .filter(({ from, to }) => from === day && to <= window.to)
      .reduce<Target | undefined>(
        (best, one) => (best && best.to >= one.to ? best : one),
        undefined,
      );
    if (!next) return undefined;
    found.push(next);
    day = next.to;
  }
  return found;
}

/** The target of a window, exact; of some stretches of it, by their share of each target's days. */
export function targetOver(
  targets: readonly Target[],
  window: Window,
  stretches?: readonly Stretch[],
): Fraction | undefined {
  const parts = targetsIn(targets, window);
  return parts
    ?.map((one) => times(fromScaled(one.value), shareOf(one, stretches)))
    .reduce(plus, {
      n: 0n,
      d: 1n,
    });
}

function shareOf(window: Window, stretches: readonly Stretch[] | undefined): Fraction {
  if (!stretches) return { n: 1n, d: 1n };
  const days = stretches.map((stretch) => {
    const common = commonOf(stretch, window);
    return common ? daysBetween(common.from, common.to ?? window.to) : 0;
  });
  const sum = days.reduce((total, some) => total + some, 0);
  return { n: BigInt(sum), d: BigInt(daysBetween(window.from, window.to)) };
}

export const targetSubjectSchema = z.strictObject({
  type: z.enum(['member', 'team']),
  id: z.uuid(),
});

const value = decimalSchema(-AMOUNT_MAX)
  .nullable()
  .meta({ description: 'null removes the target' });

/** Targets as they are edited. */
export const targetsInputSchema = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          kpi: z.string().max(60),
          period: periodSchema,
          subject: targetSubjectSchema,
          value,
        }),
      )
      .min(1)
      .max(1_000),
  })
  .meta({ id: 'TargetsInput' });
export type TargetsInput = z.output<typeof targetsInputSchema>;

/** A team by one of its names. */
export const teamReferenceSchema = z.union(
  [
    z.strictObject({ id: z.uuid() }),
    z.strictObject({ externalId: textSchema(200) }),
    z.strictObject({ name: textSchema(120) }),
  ],
  { error: 'a team by id, externalId or name' },
);

/** A target as a file has it: of a member, or of a team. */
export const targetRowSchema = z
  .strictObject({
    kpi: z.string().max(60),
    period: periodSchema,
    member: memberReferenceSchema.optional(),
    team: teamReferenceSchema.optional(),
    value,
  })
  .refine(({ member, team }) => (member === undefined) !== (team === undefined), {
    path: ['member'],
    error: 'a member or a team',
  });
export type TargetRow = z.output<typeof targetRowSchema>;

const subjectSchema = z.object({
  type: z.enum(['member', 'team']),
  id: z.uuid(),
  label: z.string(),
});

export const targetsSchema = z
  .object({
    kpi: z.string(),
    period: z.string(),
    items: z.array(
      z.object({
        subject: subjectSchema,
        value: decimalStringSchema.nullable(),
        source: z
          .enum(['own', 'parts', 'members'])
          .nullable()
          .meta({ description: 'its own, the sum of shorter ones, or of its members’' }),
      }),
    ),
    total: decimalStringSchema.nullable(),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Targets' });
export type TargetsAnswer = z.output<typeof targetsSchema>;

export const targetsQuerySchema = z.strictObject({
  kpi: z.string().max(60).default('revenue'),
  period: periodSchema,
  by: z.enum(['member', 'team']).default('member'),
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
  cursor: formSchema(9, /^\d{1,9}$/).optional(),
});
export type TargetsQuery = z.output<typeof targetsQuerySchema>;
