import type { Day } from '../time/day.js';
import { catalogue } from '../kpi/catalogue/registry.js';
import { addUp, type Formula } from '../kpi/formula.js';
import { measureText, narrow, type Measure } from '../kpi/measure.js';
import type { Values } from '../kpi/aggregations/aggregation.js';
import { aggregations } from '../kpi/aggregations/registry.js';
import { addChecked } from '../quantity/scaled.js';
import type { ChallengeDefinition } from './challenge.js';
import { ruleTypeOf, type Rule } from './rules/registry.js';

/** What a subject has of one measure, per local day. */
export type DayTotals = ReadonlyMap<Day, Values>;

/** A rule with its KPI resolved: the formula and the measure behind each of its names. */
interface CompiledRule {
  rule: Rule;
  formula: Formula;
  measures: ReadonlyMap<string, string>;
}

/** A challenge made ready to score; measures are known by their text. */
export interface CompiledChallenge {
  from: Day;
  to: Day;
  rules: readonly CompiledRule[];
  measures: ReadonlyMap<string, Measure>;
}

/** A score in 1/10 000, what each rule gave of it, and the day since which it stands. */
export interface Score {
  score: number;
  parts: readonly number[];
  reachedAt: Day | null;
}

/** Resolves KPIs and measures of a validated definition once, before many scores. */
export function compileChallenge(definition: ChallengeDefinition): CompiledChallenge {
  const measures = new Map<string, Measure>();
  const rules = definition.rules.map((rule): CompiledRule => {
    const { kpi: code, filters } = ruleTypeOf(rule).reads(rule);
    const kpi = catalogue.get(code);
    if (!kpi) throw new Error(`no KPI ${code}`);
    const texts = new Map<string, string>();
    for (const [name, measure] of Object.entries(kpi.measures)) {
      const narrowed = within(narrow(measure, filters), definition);
      const text = measureText(narrowed);
      measures.set(text, narrowed);
      texts.set(name, text);
    }
    return { rule, formula: kpi.formula, measures: texts };
  });
  return { from: definition.from, to: definition.to, rules, measures };
}

/** What is counted once per period gets the challenge's window. */
function within(measure: Measure, { from, to }: ChallengeDefinition): Measure {
  return aggregations[measure.aggregation].windowed
    ? { ...measure, window: { from, to } }
    : measure;
}

/**
 * The score of one subject: a pure function of the challenge and the subject's daily totals.
 * `reachedAt` is the earliest day from which the running score keeps its final value.
 * @param totalsOf daily totals of a measure, by its text; days outside the window are ignored
 * @throws RangeError when a total leaves the safe range
 */
export function scoreOf(
  challenge: CompiledChallenge,
  totalsOf: (measure: string) => DayTotals | undefined,
): Score {
  const { from, to } = challenge;
  const totals: Totals[] = [];
  for (const measure of challenge.measures.keys()) {
    const days = totalsOf(measure);
    let sum = 0;
    for (const [day, values] of days ?? []) {
      if (day >= from && day < to) sum = addChecked(sum, values.sum);
    }
    totals.push({ measure, days, sum });
  }
  const parts = partsOf(challenge, totals);
  const score = parts.reduce(addChecked, 0);
  return { score, parts, reachedAt: reachedAt(challenge, totals, score) };
}

/** One measure of a subject: its days, and their sum over those that count. */
interface Totals {
  measure: string;
  days: DayTotals | undefined;
  sum: number;
}

function partsOf({ rules }: CompiledChallenge, totals: readonly Totals[]): number[] {
  const sumOf = (text: string | undefined) =>
    totals.find(({ measure }) => measure === text)?.sum ?? 0;
  return rules.map(({ rule, formula, measures }) => {
    const total = addUp(formula, (name) => sumOf(measures.get(name)));
    return ruleTypeOf(rule).score(rule, total);
  });
}

/** The last day before a limit on which any measure has something. */
function lastDayBefore(totals: readonly Totals[], from: Day, limit: Day): Day | undefined {
  let last: Day | undefined;
  for (const { days } of totals) {
    for (const day of days?.keys() ?? []) {
      if (day >= from && day < limit && (last === undefined || day > last)) last = day;
    }
  }
  return last;
}

/** Takes days off from the last one back, until the running score differs from the final one. */
function reachedAt(
  challenge: CompiledChallenge,
  totals: readonly Totals[],
  score: number,
): Day | null {
  const running = totals.map((one) => ({ ...one }));
  let day = lastDayBefore(totals, challenge.from, challenge.to);
  while (day !== undefined) {
    for (const one of running) one.sum -= one.days?.get(day)?.sum ?? 0;
    if (partsOf(challenge, running).reduce(addChecked, 0) !== score) return day;
    day = lastDayBefore(totals, challenge.from, day);
  }
  return null;
}
