import { z } from 'zod';
import { attainment, attainmentSchema } from './attainment.js';
import { bestSingle, bestSingleSchema } from './best-single.js';
import { firstTo, firstToSchema } from './first-to.js';
import { improvement, improvementSchema } from './improvement.js';
import { milestone, milestoneSchema } from './milestone.js';
import { perUnit, perUnitSchema } from './per-unit.js';
import { qualityGate, qualityGateSchema } from './quality-gate.js';
import { rankBonus, rankBonusSchema } from './rank-bonus.js';
import type { RuleType } from './rule-type.js';

export const ruleSchema = z
  .discriminatedUnion('type', [
    perUnitSchema,
    milestoneSchema,
    attainmentSchema,
    improvementSchema,
    rankBonusSchema,
    firstToSchema,
    bestSingleSchema,
    qualityGateSchema,
  ])
  .meta({ id: 'Rule' });
export type Rule = z.output<typeof ruleSchema>;
export type RuleInput = z.input<typeof ruleSchema>;

/** Every rule type by the name its rules carry. */
export const ruleTypes = {
  'per-unit': perUnit,
  milestone,
  attainment,
  improvement,
  'rank-bonus': rankBonus,
  'first-to': firstTo,
  'best-single': bestSingle,
  'quality-gate': qualityGate,
} as const;

/** The type of a rule; a rule only ever meets its own. */
export function ruleTypeOf(rule: Rule): RuleType<Rule, RuleInput> {
  return ruleTypes[rule.type] as unknown as RuleType<Rule, RuleInput>;
}
