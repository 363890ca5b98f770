import type { z } from 'zod';
import type { Filters } from '../../kpi/measure.js';

/** What a rule's sentence needs from its reader's language. */
export interface RuleWords {
  kpi: string;
  /** What one unit of the KPI is called; undefined for money. */
  one: string | undefined;
  number(decimal: string): string;
  money(decimal: string): string;
}

/**
 * A rule type is one file: its typed parameters, what it reads, a pure score, its sentence in
 * French and English, and worked examples that the tests run.
 */
export interface RuleType<Rule, Input> {
  schema: z.ZodType<Rule, Input>;
  /** The KPI whose total the rule reads, seen through its filters. */
  reads(rule: Rule): { kpi: string; filters: Filters };
  /** Score in 1/10 000 from the KPI's scaled total over the window. */
  score(rule: Rule, total: number): number;
  describe: Record<'fr' | 'en', (rule: Rule, words: RuleWords) => string>;
  examples: readonly { rule: Input; total: string; score: string }[];
}
