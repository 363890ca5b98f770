import { aggregations } from '../kpi/aggregations/registry.js';
import { catalogue } from '../kpi/catalogue/registry.js';
import { namesIn } from '../kpi/formula.js';
import type { Kpi } from '../kpi/kpi.js';
import { measureText, narrow, type Measure } from '../kpi/measure.js';
import type { Day } from '../time/day.js';
import type { ChallengeDefinition } from './challenge.js';
import { ruleTypeOf, type Rule } from './rules/registry.js';
import type { Reading } from './rules/rule-type.js';

/** What a rule reads under one name: a KPI, and the text of the measure behind each of its names. */
export interface CompiledReading {
  kpi: Kpi;
  measures: ReadonlyMap<string, string>;
  best: boolean;
}

/** A rule with its KPIs resolved. */
export interface CompiledRule {
  rule: Rule;
  readings: ReadonlyMap<string, CompiledReading>;
}

/** A challenge made ready to score; measures are known by their text. */
export interface CompiledChallenge {
  from: Day;
  to: Day;
  rules: readonly CompiledRule[];
  measures: ReadonlyMap<string, Measure>;
  /** True when a change of one subject’s days may move the score of another. */
  placing: boolean;
  /** True where what a team has is divided by the number of its people. */
  perHead: boolean;
  /** The score from which there is a rank, scaled. */
  minimum: number | null;
}

/** Resolves KPIs and measures of a validated definition once, before many scores. */
export function compileChallenge(definition: ChallengeDefinition): CompiledChallenge {
  const measures = new Map<string, Measure>();
  const rules = definition.rules.map((rule): CompiledRule => {
    const readings = new Map<string, CompiledReading>();
    for (const [name, reading] of Object.entries(ruleTypeOf(rule).reads(rule))) {
      readings.set(name, compileReading(reading, definition, measures));
    }
    return { rule, readings };
  });
  const placing = rules.some(({ rule }) => ruleTypeOf(rule).places !== undefined);
  const { from, to, audience, minimum = null } = definition;
  const perHead = audience.kind === 'teams' && audience.by === 'per-head';
  return { from, to, rules, measures, placing, perHead, minimum };
}

function compileReading(
  { kpi: code, filters, best = false, step }: Reading,
  definition: ChallengeDefinition,
  measures: Map<string, Measure>,
): CompiledReading {
  const kpi = catalogue.get(code);
  if (!kpi) throw new Error(`no KPI ${code}`);
  const texts = new Map<string, string>();
  for (const name of namesRead(kpi, best)) {
    const own = kpi.measures[name];
    if (!own) continue;
    const { at: _at, whole: _whole, ...measure } = own;
    const read = {
      ...measure,
      ...(best ? { aggregation: 'max' as const } : {}),
      ...(step ? { step } : {}),
    };
    const narrowed = within(narrow(read, filters), definition);
    const text = measureText(narrowed);
    measures.set(text, narrowed);
    texts.set(name, text);
  }
  return { kpi, measures: texts, best };
}

/** The largest single one is looked for in the first measure of a formula: its sales. */
function namesRead(kpi: Kpi, best: boolean): string[] {
  const names = [...namesIn(kpi.formula)];
  return best ? names.slice(0, 1) : names;
}

/** What is counted once per period gets the challenge's window. */
function within(measure: Measure, { from, to }: ChallengeDefinition): Measure {
  return aggregations[measure.aggregation].windowed
    ? { ...measure, window: { from, to } }
    : measure;
}
