import type { z } from 'zod';
import type { Filters } from '../../kpi/measure.js';
import type { Figure, Reason } from '../../kpi/result.js';
import type { Exact } from '../../quantity/exact.js';
import type { Fraction } from '../../quantity/fraction.js';
import type { Day } from '../../time/day.js';

/** What a rule's sentence needs from its reader's language. */
export interface RuleWords {
  kpi: string;
  /** What one unit of the KPI is called; undefined for money and rates. */
  one: string | undefined;
  number(decimal: string): string;
  money(decimal: string): string;
  /** `0.8` is 80 %. */
  percent(decimal: string): string;
  /** An amount of the rule's own KPI, in its unit. */
  amount(decimal: string): string;
  list(texts: readonly string[]): string;
}

/**
 * A KPI that a rule reads, seen through filters; `best` reads the largest single activity of it,
 * `step` only whole steps of each activity.
 */
export interface Reading {
  kpi: string;
  filters: Filters;
  best?: boolean;
  step?: number;
}

/** What a subject has of what a rule reads, up to some day of the window. */
export interface Have {
  /** The value of a KPI whose days add up, in 1/10 000 and not rounded. */
  total(reading: string): Exact;
  /** The same day by day, in order; days on which nothing happened are not there. */
  days(reading: string): readonly (readonly [Day, Exact])[];
  /** The exact value of any KPI, or the reason why there is none. */
  figure(reading: string): Figure;
  /** What was frozen for the subject at the launch: its target or its baseline, scaled. */
  frozen: number | null;
}

/** What a rule gives to a subject by itself. */
export interface Gain {
  /** Not rounded: that is done once, on the whole score. */
  score: Exact;
  reason: Reason | null;
}

export const gained = (score: Exact): Gain => ({ score, reason: null });

/** How a subject stands in a rule that rewards the first places; null where it takes none. */
export interface Standing {
  value: Fraction;
  /** Since which day; decides between equals where the rule says so. */
  on: Day | null;
}

/** Where a cap cuts: of one day, or of all of it, what there was and what is left of it, rounded. */
export interface Cut {
  day: Day | null;
  full: number;
  left: number;
}

/** The most that a rule can give: to each subject, and once to all of them together. */
export interface Most {
  each: number | null;
  once: number;
}

/**
 * A rule type is one file: its typed parameters, what it reads, a pure score, its sentence in
 * French and English, and worked examples that the tests run.
 */
export interface RuleType<Rule, Input> {
  schema: z.ZodType<Rule, Input>;
  /** The KPIs that it reads, by the names under which `score` asks for them. */
  reads(rule: Rule): Record<string, Reading>;
  /** `sums` for a KPI whose days have to add up, `any` for one that has a value at the end. */
  wants: 'sums' | 'any';
  /** A number that is frozen for each subject at the launch. */
  freezes?: 'target' | 'baseline';
  /** Score in 1/10 000, not rounded; null for a rule that only looks at the places. */
  score?: (rule: Rule, have: Have) => Gain;
  /** What its caps take away from `score`. */
  cuts?: (rule: Rule, have: Have) => Cut[];
  /** Where the subject stands, and what the places get, the first one first. */
  places?: {
    standing(rule: Rule, have: Have, direction: 'higher' | 'lower'): Standing | null;
    /** Negative when `a` comes before `b`; 0 when they share their places. */
    compare(a: Standing, b: Standing, direction: 'higher' | 'lower'): number;
    scores(rule: Rule): readonly number[];
  };
  /** The rules, by their place in the list, that count only while this one is met. */
  gate?: { rules(rule: Rule): readonly number[]; met(rule: Rule, figure: Figure): boolean };
  most(rule: Rule, days: number): Most;
  describe: Record<'fr' | 'en', (rule: Rule, words: RuleWords) => string>;
  examples: readonly Example<Input>[];
}

/** Days of one KPI, and what the rule makes of them: of one subject, or of several by name. */
export interface Example<Input> {
  rule: Input;
  days: Record<Day, string> | Record<string, Record<Day, string>>;
  frozen?: string;
  score: string | Record<string, string>;
}
