import type { Values } from '../kpi/aggregations/aggregation.js';
import { aggregations } from '../kpi/aggregations/registry.js';
import { signIn } from '../kpi/formula.js';
import type { Kpi } from '../kpi/kpi.js';
import type { Measure } from '../kpi/measure.js';
import { figureOf, type Figure, type Reason } from '../kpi/result.js';
import { addExact, allotExact, writeExact, type Exact } from '../quantity/exact.js';
import { fromScaled } from '../quantity/fraction.js';
import type { Day } from '../time/day.js';
import type { CompiledChallenge, CompiledReading, CompiledRule } from './compile.js';
import { Book, type Facts, type Heads } from './have.js';
import { ruleTypeOf, type Rule } from './rules/registry.js';
import type { Cut, Standing } from './rules/rule-type.js';
import { bonusesOf, isMet, passOf, placesIn, scoreFrom, shownOf } from './score.js';
import type { Bonuses, Pass, Score, Standings } from './score.js';

/** What a subject has of a measure, made of its days by `by`; a day is the sum of its activities. */
export interface MeasureProof extends Values {
  /** As the formula calls it. */
  name: string;
  /** What it is known by. */
  text: string;
  measure: Measure;
  by: 'sum' | 'mean' | 'min' | 'max' | 'last';
  /** −1 where the formula takes it away. */
  sign: 1 | -1;
  days: readonly (Values & { day: Day })[];
}

/** What a rule reads, made of its measures: by the KPI’s formula, or the largest single one. */
export interface KpiProof {
  /** As the rule calls it. */
  reading: string;
  kpi: Kpi;
  by: 'formula' | 'largest';
  figure: Figure;
  measures: readonly MeasureProof[];
}

/** Where a subject stands in a rule that rewards places. */
export interface PlaceProof extends Standing {
  place: number;
  /** The others who are equal and share what their places bring. */
  sharedWith: readonly string[];
  /** How many stand anywhere. */
  of: number;
}

/**
 * What a rule gives, by its type: `score` is `own` and `bonus`, unless it is held back. They are
 * allotted by largest remainder, so that the scores of the rules add up to the whole.
 */
export interface RuleProof {
  index: number;
  rule: Rule;
  by: Rule['type'];
  score: number;
  /** What it gives, or would give if it were not held back, in units before rounding. */
  exact: string | null;
  /** What the subject has by itself, and what its place brings. */
  own: number;
  bonus: number;
  held: number;
  /** The gates that hold it back, by their place in the list. */
  heldBy: readonly number[];
  reason: Reason | null;
  /** Of a gate: whether it is met. */
  met: boolean | null;
  place: PlaceProof | null;
  cuts: readonly Cut[];
  /** The target or the baseline that it compares with. */
  frozen: number | null;
  kpis: readonly KpiProof[];
}

/** A score, which is the sum of what its rules give. */
export interface Proof extends Omit<Score, 'parts'> {
  by: 'sum';
  /** Where a team is measured by head: its rules divide what its KPIs add up. */
  heads: Heads | null;
  rules: readonly RuleProof[];
}

/**
 * How a score came about, made by the functions that score. Its leaves, the activities, are asked
 * for one measure at a time (`leavesOf`).
 * @param others how everybody else stands, where places are given
 * @throws RangeError when a total leaves the safe range
 */
export function proofOf(
  challenge: CompiledChallenge,
  subjectId: string,
  facts: Facts,
  others: Standings = new Map(),
): Proof {
  const book = new Book(challenge, facts);
  const pass = passOf(challenge, facts);
  const everybody = new Map([...others, [subjectId, pass]]);
  const bonuses = bonusesOf(challenge, everybody).get(subjectId);
  const { parts, ...score } = scoreFrom(challenge, pass, bonuses);
  const shown = shownRules(pass, bonuses, parts);
  const met = challenge.rules.map((compiled, index) =>
    isMet(compiled, book.have(compiled, index, challenge.to)),
  );
  const rules = challenge.rules.map((compiled, index): RuleProof => {
    const { rule } = compiled;
    const type = ruleTypeOf(rule);
    const have = book.have(compiled, index, challenge.to);
    return {
      index,
      rule,
      by: rule.type,
      ...(shown[index] ?? NOTHING_SHOWN),
      heldBy: holding(challenge, met, index),
      reason: pass.gains[index]?.reason ?? null,
      met: type.gate ? (met[index] ?? null) : null,
      place: placeIn(compiled, index, subjectId, everybody),
      cuts: type.cuts?.(rule, have) ?? [],
      frozen: type.freezes ? have.frozen : null,
      kpis: [...compiled.readings].map(([name, reading]) => kpiOf(name, reading, challenge, book)),
    };
  });
  return { by: 'sum', ...score, heads: facts.heads ?? null, rules };
}

type Shown = Pick<RuleProof, 'score' | 'exact' | 'own' | 'bonus' | 'held'>;
const NOTHING_SHOWN: Shown = { score: 0, exact: null, own: 0, bonus: 0, held: 0 };

/** What each rule gives as it is shown: those that count, and those that are held back, add up. */
function shownRules(
  { gains, shut }: Pass,
  bonuses: Bonuses | undefined,
  parts: readonly number[],
): Shown[] {
  const bonusOf = (index: number): Exact => bonuses?.get(index) ?? 0;
  const full = gains.map(({ score }, index) => addExact(score, bonusOf(index)));
  const held = shownOf(full.map((one, index) => (shut[index] ? one : 0))).shown;
  return gains.map(({ score: alone }, index) => {
    const [score, back] = [parts[index] ?? 0, held[index] ?? 0];
    const [own = 0, bonus = 0] = allotExact(score + back, [alone, bonusOf(index)]);
    return { score, exact: writeExact(full[index] ?? 0), own, bonus, held: back };
  });
}

/** The gates that hold a rule back. */
const holding = ({ rules }: CompiledChallenge, met: readonly boolean[], index: number) =>
  rules.flatMap(({ rule }, at) => {
    const guards = ruleTypeOf(rule).gate?.rules(rule) ?? [];
    return !met[at] && guards.includes(index) ? [at] : [];
  });

function placeIn(
  compiled: CompiledRule,
  index: number,
  subjectId: string,
  everybody: ReadonlyMap<string, Pick<Pass, 'standings'>>,
): PlaceProof | null {
  const standing = everybody.get(subjectId)?.standings[index];
  const places = placesIn(compiled, index, everybody);
  const found = places.find(({ ids }) => ids.includes(subjectId));
  if (!standing || !found) return null;
  return {
    ...standing,
    place: found.place,
    sharedWith: found.ids.filter((id) => id !== subjectId),
    of: places.reduce((sum, { ids }) => sum + ids.length, 0),
  };
}

function kpiOf(
  name: string,
  { kpi, measures, best }: CompiledReading,
  challenge: CompiledChallenge,
  book: Book,
): KpiProof {
  const found = [...measures].map(([called, text]): MeasureProof => {
    const sign = best ? 1 : signIn(kpi.formula, called);
    return { ...measureOf(called, text, challenge, book), sign };
  });
  const values = new Map(found.map((one) => [one.name, one]));
  const figure = best
    ? largestOf(found)
    : figureOf(kpi, (measure) => values.get(measure) ?? { count: 0, sum: 0 });
  return { reading: name, kpi, by: best ? 'largest' : 'formula', figure, measures: found };
}

function measureOf(
  name: string,
  text: string,
  challenge: CompiledChallenge,
  book: Book,
): Omit<MeasureProof, 'sign'> {
  const measure = challenge.measures.get(text);
  if (!measure) throw new Error(`the challenge reads no ${text}`);
  const { count, sum } = book.values(text, challenge.to);
  const days = book.days(text).filter(([, values]) => values.count !== 0 || values.sum !== 0);
  return {
    name,
    text,
    measure,
    by: aggregations[measure.aggregation].combine,
    count,
    sum,
    days: days.map(([day, values]) => ({ day, count: values.count, sum: values.sum })),
  };
}

/** The largest single activity among those of some measures; nothing has no value. */
function largestOf(measures: readonly MeasureProof[]): Figure {
  const met = measures.filter(({ count }) => count > 0);
  const value = met.length === 0 ? null : fromScaled(Math.max(...met.map(({ sum }) => sum)));
  const count = met.reduce((sum, one) => sum + one.count, 0);
  return { value, reason: null, numerator: value, denominator: null, count };
}
