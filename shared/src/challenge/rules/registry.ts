import { z } from 'zod';
import { perUnit, perUnitSchema } from './per-unit.js';
import type { RuleType } from './rule-type.js';

export const ruleSchema = z.discriminatedUnion('type', [perUnitSchema]).meta({ id: 'Rule' });
export type Rule = z.output<typeof ruleSchema>;
export type RuleInput = z.input<typeof ruleSchema>;

/** Every rule type by the name its rules carry. */
export const ruleTypes = { 'per-unit': perUnit } as const;

export function ruleTypeOf(rule: Rule): RuleType<Rule, RuleInput> {
  return ruleTypes[rule.type];
}
