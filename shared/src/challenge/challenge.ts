import { z } from 'zod';
import { catalogue } from '../kpi/catalogue/registry.js';
import { addsUp, hasSteps, mayBeScored } from '../kpi/kpi.js';
import { textSchema } from '../quantity/text.js';
import { addDays, daysBetween, type Day } from '../time/day.js';
import { daySchema } from '../time/day-schema.js';
import { audienceSchema, participationFaults, participationFields } from './audience.js';
import { tieBreaks } from './tie.js';
import { payoutLineSchema } from './payout.js';
import { visibilities } from './visibility.js';
import { ruleSchema, ruleTypeOf } from './rules/registry.js';

const fields = {
  name: textSchema(120),
  from: daySchema.meta({ description: 'first local day of the window' }),
  to: daySchema.meta({ description: 'the day after the last one' }),
  audience: audienceSchema,
  ...participationFields,
  rules: z.array(ruleSchema).min(1).max(10),
  payout: z.array(payoutLineSchema).max(20).default([]).meta({
    description: 'what final ranks and scores give',
  }),
  ties: z.enum(tieBreaks).default('earliest').meta({
    description: 'equals: who reached the score earlier comes first, or they share the rank',
  }),
  visibility: z.enum(visibilities).default('audience').meta({
    description:
      'whose names the board shows to those whom it is for: everybody’s, the best ten and one’s neighbours, one’s own, those of teams',
  }),
  graceDays: z.int().min(0).max(60).default(5).meta({
    description: 'days after the window in which data still counts, then it certifies itself',
  }),
};

/** A challenge as it is drafted: a window, an audience and rules. */
export const challengeDefinitionSchema = z
  .strictObject(fields)
  .superRefine((definition, context) => {
    if (definition.to <= definition.from) {
      context.addIssue({ code: 'custom', path: ['to'], message: 'must come after from' });
    } else if (daysBetween(definition.from, definition.to) > 366) {
      context.addIssue({ code: 'custom', path: ['to'], message: 'a window has at most 366 days' });
    }
    for (const fault of participationFaults(definition)) {
      context.addIssue({ code: 'custom', ...fault });
    }
    definition.payout.forEach((line, index) => {
      if (definition.audience.kind !== 'teams' || line.kind !== 'threshold') return;
      if (line.when === 'certification') return;
      const message = 'who shares it is known in the end: teams are paid at the certification';
      context.addIssue({ code: 'custom', path: ['payout', index, 'when'], message });
    });
    definition.rules.forEach((rule, index) => {
      const kpi = catalogue.get(rule.kpi);
      const type = ruleTypeOf(rule);
      const { wants } = type;
      const steps = Object.values(type.reads(rule)).some(({ step }) => step !== undefined);
      const may = wants === 'any' ? mayBeScored : steps ? hasSteps : addsUp;
      if (kpi && may(kpi)) return;
      const message = kpi ? 'this rule cannot read this KPI' : 'there is no such KPI';
      context.addIssue({ code: 'custom', path: ['rules', index, 'kpi'], message });
    });
    definition.rules.forEach((rule, index) => {
      for (const [at, place] of (ruleTypeOf(rule).gate?.rules(rule) ?? []).entries()) {
        const guarded = definition.rules[place];
        if (guarded && !ruleTypeOf(guarded).gate) continue;
        const message = 'there is no rule at this place that gives a score';
        context.addIssue({ code: 'custom', path: ['rules', index, 'rules', at], message });
      }
    });
  })
  .meta({ id: 'ChallengeDefinition' });
export type ChallengeDefinition = z.output<typeof challengeDefinitionSchema>;
export type ChallengeDefinitionInput = z.input<typeof challengeDefinitionSchema>;

/** Without what stands for a field that is not named: here that stays as it is. */
const stays = (field: z.ZodType): z.ZodType =>
  (field instanceof z.ZodDefault ? (field.removeDefault() as z.ZodType) : field).optional();

/** What of a draft is written anew; what fits together is for the whole of it to say. */
export const challengeChangeSchema = z
  .strictObject(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, stays(field)])),
  )
  .meta({ id: 'ChallengeChange' });
export type ChallengeChange = z.output<typeof challengeChangeSchema>;

export const challengeStatuses = [
  'draft',
  'awaiting-countersign',
  'scheduled',
  'live',
  'provisional',
  'certified',
  'cancelled',
] as const;
export type ChallengeStatus = (typeof challengeStatuses)[number];

/** What people have decided of a challenge; the rest of its life follows from the calendar. */
export interface Decided {
  /** A launch beyond the ceilings waits for a countersignature. */
  asked: boolean;
  launched: boolean;
  certified: boolean;
  cancelled: boolean;
}

/** Where a challenge stands on a local day. */
export function statusOn(today: Day, challenge: Decided & { from: Day; to: Day }): ChallengeStatus {
  if (challenge.cancelled) return 'cancelled';
  if (challenge.certified) return 'certified';
  if (!challenge.launched) return challenge.asked ? 'awaiting-countersign' : 'draft';
  if (today < challenge.from) return 'scheduled';
  return today < challenge.to ? 'live' : 'provisional';
}

/**
 * The first day on which a challenge certifies itself: when its days of grace are over, counted
 * from the end of the window or, where that was in the past already, from its launch.
 */
export const certifiesOn = (
  { to, graceDays }: { to: Day; graceDays: number },
  launchedOn: Day,
): Day => addDays(to > launchedOn ? to : launchedOn, graceDays);

/** The last day that counts, which is what screens show. */
export const lastDay = (challenge: { to: Day }): Day => addDays(challenge.to, -1);
